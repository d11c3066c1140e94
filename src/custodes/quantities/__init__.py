"""Uncertain amounts: how they are written, their distributions, draws, streams and summaries."""

from custodes.quantities._amount import Amount, Assumption, parse_amount
from custodes.quantities._correlation import cholesky_factor, correlated
from custodes.quantities._currency import CURRENCIES, Currency, nearest_currency
from custodes.quantities._distribution import (
    Z95,
    Distribution,
    Metalog,
    Point,
    Sampled,
    Shape,
    TwoPieceNormal,
    check_range,
    distribution,
    distribution_of_samples,
)
from custodes.quantities._quantity import (
    Family,
    Mechanism,
    Operation,
    Owner,
    Problem,
    Quantity,
)
from custodes.quantities._scale import SHARE_END, Scale, scale_for
from custodes.quantities._sketch import LEVELS, Sketch, sketch
from custodes.quantities._streams import LEAST_SAMPLES, SCRAMBLES, Sampler, Streams
from custodes.quantities._summary import Moments, means_by_scramble, standard_error, summarise
from custodes.quantities._worlds import Worlds, mean_exponential
from custodes.quantities._written import written_amount

__all__ = [
    "CURRENCIES",
    "LEAST_SAMPLES",
    "LEVELS",
    "SCRAMBLES",
    "SHARE_END",
    "Z95",
    "Amount",
    "Assumption",
    "Currency",
    "Distribution",
    "Family",
    "Mechanism",
    "Metalog",
    "Moments",
    "Operation",
    "Owner",
    "Point",
    "Problem",
    "Quantity",
    "Sampled",
    "Sampler",
    "Scale",
    "Shape",
    "Sketch",
    "Streams",
    "TwoPieceNormal",
    "Worlds",
    "check_range",
    "cholesky_factor",
    "correlated",
    "distribution",
    "distribution_of_samples",
    "mean_exponential",
    "means_by_scramble",
    "nearest_currency",
    "parse_amount",
    "scale_for",
    "sketch",
    "standard_error",
    "summarise",
    "written_amount",
]
