from custodes.cli._wrapping import WIDTH, labelled, named, printable, table, wrapped


def test_a_paragraph_is_broken_at_the_width():
    text = wrapped("word " * 60, indent=4, hanging=6)

    assert max(map(len, text.splitlines())) <= WIDTH
    assert text.splitlines()[0].startswith("    word")
    assert text.splitlines()[1].startswith("      word")


def test_labels_stand_left_of_their_texts():
    assert labelled([("a", "one"), ("longer", "two"), ("none", "")]) == (
        "  a       one\n  longer  two"
    )


def test_the_last_cell_of_a_table_is_broken():
    text = table([("name", "what"), ("x", "word " * 40)])

    assert max(map(len, text.splitlines())) <= WIDTH
    assert text.splitlines()[0] == "  name  what"
    assert text.splitlines()[2].startswith("        word")


def test_signs_that_steer_a_terminal_are_shown():
    assert printable("a\x1b[2J\nb\u202e\u00fc") == "a\\x1b[2J\nb\\u202e\u00fc"


def test_a_name_is_never_cut():
    assert named("short", 8) + "cell" == "short   cell"
    assert named("a-long-name", 8, indent=2) + "cell" == "a-long-name\n          cell"
