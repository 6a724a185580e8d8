"""British and American spellings of one word: organise and organize, colour and color, defence and defense."""

from __future__ import annotations

import re

_ISE = re.compile(r"([a-z]{3,}i)([sz])(e|ed|es|er|ers|ing|ation|ations|ational)")
_YSE = re.compile(r"([a-z]*ly)([sz])(e|ed|es|er|ers|ing)")
# Stems before -ise or -ize that are no verb with two spellings: nobody advizes, and to resize is not to resise.
_FIXED_STEMS = frozenset(
    "adv readv comprom conc prec desp dev redev exc exerc superv telev improv franch enfranch disenfranch merchand prom"
    " prem rev expert circumc inc chast advert treat parad dem caps res downs outs overs unders rights mids lia pract surm"
    " mayonna mala polona val mort arr sunr moonr highr uninc unadv unsuperv unprom unrev uncomprom lou".split()
)
_FIXED_ENDS = ("pr", "ra", "w", "u", "o")
"""Ends of such stems: surprise, praise, likewise, cruise, noise."""
_OUR = (
    "colour labour behaviour favour honour harbour humour neighbour rumour armour endeavour flavour vapour vigour rigour"
    " odour parlour saviour savour splendour tumour valour candour clamour demeanour fervour glamour ardour rancour"
).split()
_OUR_WORD = re.compile(
    r"((?:un|dis|mis|re|multi|non|bi|anti)?)(" + "|".join(f"{word[:-3]}ou?r" for word in _OUR) + r")"
    r"((?:s|ed|ing|ings|er|ers|able|ably|al|ally|ful|fully|less|hood|hoods|ly|ite|ites|itism|y)?)"
)
_PAIRS = (
    "licence license|defence defense|offence offense|pretence pretense|programme program|centre center|theatre theater|"
    "fibre fiber|litre liter|kilometre kilometer|centimetre centimeter|millimetre millimeter|calibre caliber|"
    "catalogue catalog|dialogue dialog|analogue analog|judgement judgment|acknowledgement acknowledgment|"
    "enrolment enrollment|fulfilment fulfillment|instalment installment|counsellor counselor|traveller traveler|"
    "artefact artifact|jeweller jeweler|sceptic skeptic|manoeuvre maneuver|plough plow|haemophilia hemophilia"
)
_WHOLE = (
    "ageing aging|counselling counseling|travelling traveling|modelling modeling|labelling labeling|labelled labeled|"
    "cancelled canceled|cancelling canceling|travelled traveled|modelled modeled|paediatric pediatric|centred centered|"
    "paediatrics pediatrics|anaesthetic anesthetic|orthopaedic orthopedic|gynaecology gynecology|skilful skillful|"
    "sulphur sulfur|aluminium aluminum|grey gray|fuelled fueled|fuelling fueling|signalling signaling"
)


def _both_ways() -> dict[str, str]:
    single = [tuple(pair.split()) for pair in f"{_PAIRS}|{_WHOLE}".split("|")]
    plural = [tuple(word + "s" for word in pair.split()) for pair in _PAIRS.split("|")]
    return {word: other for pair in single + plural for word, other in (pair, pair[::-1])}


_SWAPS = _both_ways()


def _is_fixed(stem: str) -> bool:
    return stem in _FIXED_STEMS or stem.endswith(_FIXED_ENDS)


def other_spellings(word: str) -> tuple[str, ...]:
    """The same word in the other spelling; nothing where it has only one. `word` is folded."""
    if word in _SWAPS:
        return (_SWAPS[word],)
    for pattern in (_YSE, _ISE):
        found = pattern.fullmatch(word)
        if found and not _is_fixed(found[1][:-1]):
            return (found[1] + ("z" if found[2] == "s" else "s") + found[3],)
    found = _OUR_WORD.fullmatch(word)
    if found:
        root = found[2][:-3] + "or" if found[2].endswith("our") else found[2][:-2] + "our"
        return (found[1] + root + found[3],)
    return ()
