"""Addresses of marked things."""

from django.urls import path

from custodes_workbench.handling.views import group, items, keys

app_name = "handling"
_ONE = "rounds/<slug:slug>/marked/<int:n>/"
urlpatterns = [
    path("reader-key/", keys.reader_key, name="reader_key"),
    path("reader-key/make/", keys.make, name="make_key"),
    path("reader-key/unlock/", keys.unlock, name="unlock"),
    path("reader-key/lock/", keys.lock, name="lock"),
    path("reader-key/relock/", keys.relock, name="relock"),
    path("safeguards/", group.safeguards, name="safeguards"),
    path("safeguards/accept/", group.accept, name="accept_terms"),
    path("safeguards/<int:pk>/end/", group.end, name="end_membership"),
    path("rounds/<slug:slug>/withheld/", items.withheld, name="withheld"),
    path("rounds/<slug:slug>/marked/", items.items, name="items"),
    path("rounds/<slug:slug>/mark/<str:effort>/", items.hand_in, name="hand_in"),
    path(_ONE, items.item, name="item"),
    path(f"{_ONE}open/", items.open_one, name="open"),
    path(f"{_ONE}review/", items.review, name="review"),
    path(f"{_ONE}readers/", items.add_reader, name="add_reader"),
    path(f"{_ONE}readers/<int:person>/remove/", items.drop_reader, name="drop_reader"),
    path(f"{_ONE}erase/", items.erase, name="erase"),
    path(f"{_ONE}share/", items.share, name="share"),
    path(f"{_ONE}shared/<int:pk>/", items.sharing, name="sharing"),
]
