from custodes_workbench.publication.rules import AUDIENCES, given_to


def given(name, *, pooled=False):
    audience = next(each for each in AUDIENCES if each.name == name)
    return {each.thing: each for each in given_to(audience, pooled=pooled)}


def test_the_public_and_the_press_get_the_same():
    assert given("public") == given("press")


def test_the_public_gets_no_names_and_no_application():
    told = given("public")

    for thing in ("who judged, by name", "an application as it was written"):
        assert not told[thing].is_given
        assert told[thing].why
    assert told["decisions with reasons, conditions and dissent"].is_given


def test_an_applicant_gets_their_own_application_too():
    more = {
        thing
        for thing, each in given("applicant").items()
        if each.is_given and not given("public")[thing].is_given
    }

    assert more == {"an application as it was written", "an effort with a handling mark"}


def test_where_pools_are_published_no_answer_is_given_alone():
    assert "pools alone" in given("public", pooled=True)["the experts' answers"].why
    assert "under a letter" in given("public")["the experts' answers"].why
