"""What experts answered alone and after discussion."""

from custodes.judgements._expert import Expert, ExpertId
from custodes.judgements._judgement import Judgement

__all__ = ["Expert", "ExpertId", "Judgement"]
