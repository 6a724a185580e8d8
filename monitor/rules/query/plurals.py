"""Plural and singular of an English word, by rule and short lists; no dictionary, so that one can say why."""

from __future__ import annotations

import re

_IRREGULAR = (
    "child children|man men|woman women|foot feet|tooth teeth|person persons|criterion criteria|phenomenon phenomena|"
    "analysis analyses|crisis crises|basis bases|hypothesis hypotheses|thesis theses|diagnosis diagnoses|oasis oases|"
    "synthesis syntheses|index indices|appendix appendices|matrix matrices|vertex vertices|curriculum curricula|"
    "referendum referenda|memorandum memoranda|addendum addenda|bacterium bacteria|leaf leaves|life lives|knife knives|"
    "wife wives|half halves|shelf shelves|thief thieves|loaf loaves|wolf wolves|calf calves|wharf wharves|movie movies|"
    "cookie cookies|calorie calories|tie ties|pie pies|lie lies|die dies|cache caches|ache aches|headache headaches|"
    "niche niches|tranche tranches|avalanche avalanches|axe axes|shoe shoes|toe toes|foe foes|oboe oboes|canoe canoes|"
    "hoe hoes|midwife midwives|housewife housewives|chairman chairmen|ombudsman ombudsmen|fireman firemen|"
    "salesman salesmen|spokesman spokesmen|spokeswoman spokeswomen|serviceman servicemen|stimulus stimuli|"
    "nucleus nuclei|grandchild grandchildren|schoolchild schoolchildren|quiz quizzes|zombie zombies|veto vetoes|"
    "hero heroes|potato potatoes|tomato tomatoes|cargo cargoes|echo echoes|embargo embargoes|motto mottoes|"
    "volcano volcanoes|tornado tornadoes|mosquito mosquitoes|torpedo torpedoes|"
    "base bases|axis axes|leave leaves|index indexes|appendix appendixes|referendum referendums|matrix matrixes|"
    "memorandum memorandums|curriculum curriculums|syllabus syllabi|focus foci|fungus fungi|"
    "taxi taxis|alibi alibis|ski skis|"
    "menu menus|guru gurus|selfie selfies|impasse impasses|"
    "hundred hundreds|watershed watersheds"
)
# Words with one form, or whose other form is another word: news is not the plural of new, goods are not good.
_ALONE = frozenset(
    "new news good goods mean means custom customs common commons series species sheep fish aircraft spacecraft"
    " hovercraft deer salmon always this his hers its was has does is us as yes plus thus less across perhaps alas"
    " towards afterwards besides whereas overseas the and for are were been had have not but with from that these"
    " those they them their there then than what when where which who whom whose why how you your our ours yours we"
    " he she her him all any both each few more most other some such only own same so too very can will just should"
    " now would could may might must shall into onto upon about above after again against because before below between"
    " during through under until while economic economics politic politics ethic ethics physic physics mathematics"
    " athletics logistic logistics genetic genetics electronic electronics academic people police children men women"
    " wales paris brussels james thames athens los angeles lens atlas bias alias canvas christmas ibis".split()
) - frozenset(word for pair in _IRREGULAR.split("|") for word in pair.split())
# What nobody counts two of: everyday qualities and adverbs, and stuff.
_UNCOUNTED = frozenset(
    "small large big great huge vast tiny long young early late free full clear strong weak rich soft easy fast quick slow"
    " deep wide broad narrow safe warm recent previous former next last latest first interim different similar various"
    " several many much important significant available able likely unlikely possible sufficient relevant appropriate"
    " further additional complete entire overall true false wrong effective urgent violent vulnerable responsible"
    " sustainable affordable eligible private separate accurate adequate immediate ultimate legitimate acceptable"
    " accessible nuclear mandatory statutory regulatory parliamentary rural urban civil federal global regional central"
    " mental physical environmental commercial industrial agricultural educational cultural historical technical practical"
    " constitutional ministerial judicial residential confidential exceptional traditional conditional operational"
    " institutional organisational internal external normal crucial racial sexual actual virtual usual unusual dental fatal"
    " coastal digital fiscal artificial beneficial provincial presidential substantial influential experimental"
    " governmental departmental developmental social political financial legal medical electoral statistical modern western"
    " eastern northern southern british scottish welsh irish english french foreign abroad online also often never here"
    " soon once twice already still yet maybe quite rather almost away within without among around behind beyond near"
    " alongside instead together whether today better longer higher wider greater older younger later best least"
    " information guidance advice evidence health healthcare childcare education employment unemployment legislation"
    " immigration safety equipment feedback knowledge welfare poverty traffic corruption luggage transparency maternity"
    " paternity governance accountability enforcement maintenance correspondence expertise personnel compliance recruitment"
    " slavery probation surveillance england scotland ireland britain london whitehall".split()
)
# Words in -ing that are things one can count: two meetings, but no two smugglings.
_OF_ING = frozenset(
    "thing king ring wing spring string swing sting sling sibling ceiling evening morning pudding shilling viking darling"
    " duckling sapling earring seedling awning railing building outbuilding meeting finding saving setting hearing warning"
    " undertaking proceeding dwelling crossing landing killing shooting stabbing bombing briefing debriefing filing listing"
    " ruling rating reading recording holding shareholding earning drawing painting writing opening reopening closing sitting"
    " feeling failing shortcoming offering posting booking mailing heading subheading marking turning bearing belonging"
    " furnishing covering costing learning gathering wedding outing teaching screening borrowing happening beginning ending"
    " being mapping meaning understanding misunderstanding misgiving mooring pairing pleading serving showing"
    " sighting sounding spelling stocking surrounding swelling taking timing topping trimming underpinning uprising uprating"
    " viewing weighting working wording wrongdoing grouping regrouping greeting grading hanging hoarding inkling kidnapping"
    " hijacking lining loading lodging mugging poisoning ranking riding rising rounding saying spacing winning clearing"
    " coating casing cutting dealing doing drowning easing engraving filling firing fitting fixing footing helping"
    " lynching musing shelling sinking slaying suffering unveiling beating beheading billing binding blessing burning"
    " calling carving outgoing tasking sailing stranding planting felling twinning piling restructuring"
    " retrofitting routing siding awakening posting spraying washing staging"
    " wrapping printing ping".split()
)
_OF_IC = frozenset(
    "topic clinic critic metric statistic characteristic mechanic fabric republic basic graphic epidemic pandemic"
    " antibiotic narcotic cosmetic tactic relic mosaic demographic heuristic diagnostic plastic traffic".split()
)
_OF_NESS = frozenset(
    "business agribusiness witness eyewitness illness weakness likeness harness wilderness mechanism organism microorganism"
    " criticism prism kindness".split()
)
_OF_LY = frozenset(
    "family supply reply assembly anomaly ally rally bully monopoly fly jelly lily belly tally folly gully oligopoly"
    " comply apply".split()
)
_OF_US = frozenset(
    "bus minibus omnibus trolleybus bonus campus census virus coronavirus surplus status corpus consensus focus chorus"
    " apparatus prospectus syllabus terminus abacus circus genius nexus radius lotus crocus fungus hiatus impetus".split()
)
_SINGULAR_IN_S = _OF_US | frozenset("gas biogas lens atlas bias alias canvas".split())
_PAIRS = [(one, many) for one, _, many in (pair.partition(" ") for pair in _IRREGULAR.split("|"))]
_OTHERS = {word: tuple(dict.fromkeys(many for one, many in _PAIRS if one == word)) for word, _ in _PAIRS} | {
    word: tuple(dict.fromkeys(one for one, many in _PAIRS if many == word)) for _, word in _PAIRS
}
_ONLY_LETTERS = re.compile(r"[a-z]{3,}")


def other_numbers(word: str) -> tuple[str, ...]:
    """The plural of a singular, the singular of a plural; nothing where there is neither. `word` is folded.

    A guess counts only if it leads back: so each form finds the other, and rare endings are left alone.
    """
    return tuple(other for other in _guess(word) if word in _guess(other))


def _guess(word: str) -> tuple[str, ...]:
    if word in _OTHERS:
        return _OTHERS[word]
    if (word in _ALONE and word not in _SINGULAR_IN_S) or not _ONLY_LETTERS.fullmatch(word):
        return ()
    if word in _SINGULAR_IN_S or not word.endswith("s") or word.endswith("ss"):
        return _plural(word)
    return _singular(word)


def _plural(word: str) -> tuple[str, ...]:
    if (word.endswith("ic") and word not in _OF_IC) or (word.endswith("ly") and word not in _OF_LY):
        return ()
    if word in _UNCOUNTED or word.endswith(("ous", "less")):
        return ()
    if (word.endswith("ing") and word not in _OF_ING) or (word.endswith(("ness", "ism")) and word not in _OF_NESS):
        return ()
    if word.endswith("ed") and len(word) > 5 and not word.endswith("eed"):
        return ()
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return (word + "es",)
    if word.endswith("y") and word[-2] not in "aeiou":
        return (word[:-1] + "ies",)
    return (word + "s",)


def _singular(word: str) -> tuple[str, ...]:
    if len(word) < 4 or (word.endswith(("us", "is", "ics")) and word[:-1] not in _OF_IC):
        return ()
    if word.endswith("ies") and len(word) > 4:
        return (word[:-3] + "y",)
    if word[:-2] in _SINGULAR_IN_S or word.endswith(("sses", "xes", "zzes", "ches", "shes")):
        return (word[:-2],)
    return (word[:-1],)
