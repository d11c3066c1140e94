"""What experts answered alone and after discussion, and who speaks in which draw."""

from custodes.judgements._confidence import WANTED, at_wanted_confidence
from custodes.judgements._expert import Expert, ExpertId
from custodes.judgements._flags import FLAGS, KEPT_OUT, flags_of
from custodes.judgements._judgement import Judgement
from custodes.judgements._voices import Voices, speakers, voices

__all__ = [
    "FLAGS",
    "KEPT_OUT",
    "WANTED",
    "Expert",
    "ExpertId",
    "Judgement",
    "Voices",
    "at_wanted_confidence",
    "flags_of",
    "speakers",
    "voices",
]
