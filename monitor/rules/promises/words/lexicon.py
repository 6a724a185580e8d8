"""The words the rules know: what a document is called, who publishes, what joins names, what leads nowhere.

Every table may grow; a word in it is in lower case. Nothing here decides: the files beside it do.
"""

from __future__ import annotations

CONSULTATIONS = frozenset("consultation consultations call calls".split())
CALLED_FOR = frozenset("evidence views bids comments input".split())
"""What a call is for, where it is a document."""
ENSURING = frozenset("ensure ensured ensuring sure arrange arranged arranging".split())
"""Before `that`: what is said to be will be."""
SETTLING = frozenset(
    """asked decided directed requested agreed intention undertaken promised it insisted resolved intend propose wish
    expect hope""".split()
)
"""Before `that`, of the speaker: what should be will be."""
ANSWERS = frozenset("response responses reply answer summary analysis".split())
ASKED = frozenset("consultation consultations review report recommendations inquiry evidence committee call".split())
"""What a response answers: the two stay one name."""
NAMING = frozenset("entitled titled called title known named headed name heading".split())
"""Before a title in quotes."""

_NOUNS = frozenset(
    """
    account accounts addendum advice answer answers version versions research release edition agenda agreement analysis
    analyses annex annexes annexe appendix appraisal assessment assessments atlas audit bibliography blueprint
    booklet brief briefing briefings brochure bulletin catalogue call census chapter charter chronology circular
    classifications clauses code codes command commentary communique communiqué compact compendium concordat
    consultation consultations contract convention correspondence criteria dashboard data dataset datasets
    declaration description digest directory direction directions document documentation documents dossier draft
    drafts estimates evaluation evaluations evidence exchange explanation explainer factsheet factsheets
    fact-sheet feedback figures findings forecast forecasts forward framework frameworks glossary guidance guide
    guidebook guidelines guides handbook index information inventory inquiry investigation itinerary judgment
    leaflet letter letters list lists log manual manuals map mapping maps memorandum memoranda methodology
    minute minutes modelling note notes notice notices outlook overview pack package pamphlet paper papers plan
    plans playbook policy policies position posters principles profile programme projections proposals
    prospectus protocol questionnaire questions reasons recommendations record records references reference
    register registers rejoinder remit reply replies report reports resolution response responses results return
    review reviews roadmap road-map route-map routemap rules schedule schedules scheme schedule scorecard
    short-list shortlist sitemap specification spreadsheet standard standards statement statements statistics
    strategy strategies study studies submission summaries summary supplement survey syllabus table tables
    template terms text timetable toolkit toolkits transcript transcripts treaty update updates vision volume
    warnings white-paper workplan yearbook protocols pages sheets sheet tender details detail invitation mandate
    translation translations stocktake stocktakes chart charts curriculum calendar tracker synopsis abstract readout read-out
    handout memo diagram rulebook workbook chronologies portfolio newsletter estimate scorecards dashboards dossiers
    prospecti addenda appendices costings slides presentation photographs
    write-up snapshot round-up compilation gazetteer reckoner ready-reckoner checklist checklists primer precis précis infographic
    diary form forms pro-forma specimen exemplar ruling outcome outcomes conclusions conclusion lexicon codebook taxonomy
    matrix model models calculator tool undertakings commitments settlement settlements texts monograph essay particulars
    instructions illustrations statistic indicators metrics targets objectives
    priorities options estimates valuation valuations
    outline outlines programmes
    publication rates numbers totals scores allocations allocation case catalogues methodologies
    breakdown breakdowns reconciliation tabulation tally extract extracts excerpt excerpts testimony drawings factbook
    directory roadmaps strategy prospectuses pathway compendia ledger lessons green-paper decision
    decisions determination opinion
    narrative narratives chronicle verdict verdicts diary ranking rankings rating ratings gazette
    anthology casebook logbook faq faqs backgrounder corrigendum corrigenda erratum errata slip
    """.split()
)
WEAK_DOCUMENTS = frozenset(
    """
    account accounts advice agreement audit call command contract data decision decisions detail details
    direction directions evidence exchange explanation feedback forward information inquiry investigation
    lessons mapping minute answers notice notices package pages policy policies position programme protocol protocols
    questions reasons record records references resolution return rules scheme standard standards statement
    statements survey terms update updates views warnings volume tender opinion determination pathway modelling
    form forms ruling outcome outcomes conclusions conclusion matrix model models calculator tool undertakings commitments
    settlement settlements texts particulars instructions illustrations indicators metrics targets objectives priorities
    options valuation valuations programmes case outline allocation vision plans proposals principles route answer release
    slip verdict verdicts rating ratings narrative narratives
    """.split()
)
"""Among them, those that more often name something else: they need a verb that publishes nothing but documents."""
DOCUMENTS = _NOUNS | frozenset(
    f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    for noun in _NOUNS - WEAK_DOCUMENTS
    if not noun.endswith(("s", "a", "ing"))
)
"""Nouns that name a document, as the head of a noun phrase."""
PUBLISHING_NOUNS = frozenset("publication release launch issue laying".split())
"""What is announced where a document is meant: `the publication of a report`."""
EDITIONS = frozenset(
    """interim final draft initial full updated revised refreshed new promised forthcoming detailed first second third
    fourth preliminary provisional statutory statistical equality equalities explanatory methodological privacy""".split()
)
"""What is said of documents: with such a word even a weak noun is one."""
NO_DOCUMENTS = frozenset(
    """
    bill bills order orders regulation regulations instrument instruments act legislation amendment amendments
    motion foundation foundations fund funds funding money grant grants licence licences license licenses permit
    permits passport passports visa visas certificate certificates fine fines invoice invoices loan loans bond
    bonds gilts book books newspaper newspapers magazine magazines novel article articles prisoner prisoners
    people child children officer officers machine machines patient patients emphasis duty duties burden burdens
    responsibility trust confidence pressure limits restrictions value weight priority bet bets advertisement
    advertisements wreath tribute information details detail help support views view demand demands warrant
    warrants announcement question questions apology thanks facts bodies councils companies firms employers
    anyone nothing something everything more others some much authority agency office board commission committee
    department departments ministry government governments minister ministers secretary house parliament members
    regulator inspectorate commissioner service services
    """.split()
)
"""Nouns that are published, laid, placed, issued or released without being what a promise is about."""
REPORT_ONLY = frozenset("written oral ministerial further holding personal following".split())
"""Before `statement`: what is said in the House, no document."""
BE = frozenset("is are am be been being was were 's 're".split())
HAVE = frozenset("has have had having 've".split())
MODALS_YES = frozenset("will shall 'll".split())
MODALS_NO = frozenset("would should could might may must ought cannot can need needs".split())
NEGATIVES = frozenset("not never no longer n't unable neither nor without cannot won't".split())
CONTROLS = frozenset(
    """
    intend intends intending expect expects expecting expected propose proposes proposing proposed arrange
    arranged arranging hope hopes hoping hoped aim aims aiming intention pleased delighted glad happy proud able
    going due set ready about scheduled likely intended planned planning decided agreed undertaken promised plan
    plans looking continuing content minded grateful preparing prepared undertake undertaking undertook mean
    means committed pledged determined privileged
    """.split()
)
"""Words between a subject and `to publish` that leave the promise standing."""
FETTERS = frozenset(
    """
    required asked obliged free needed urged invited entitled permitted allowed unable unwilling reluctant used
    enabled failed refused declined ceased forced called instructed told supposed empowered bound encouraged
    advised ordered meant according subject access wrong right necessary open due response similar related
    known available helpful important essential sensible
    """.split()
)
"""Words before `to publish` that say nothing of whether it will be done, or that somebody else must."""
THIRD = frozenset("plans aims hopes means proposes".split())
"""Of those that are nouns too, the ones that follow any subject: `the Agency plans to publish`."""
NOUNS_TOO = frozenset("intention plan plans aim aims hope hopes set mean means".split())
ADVERBS = frozenset(
    """
    also now then today formally jointly simultaneously accordingly therefore thus subsequently additionally
    further hereby duly separately finally still just only fully freely publicly widely both all again first
    immediately initially ultimately online together up out away down each consequently currently presently
    instead moreover nevertheless too however otherwise thereafter afterwards thereupon forthwith likewise
    similarly electronically
    """.split()
)
UNITS = "one two three four five six seven eight nine".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
NUMBER_WORDS = frozenset(
    [*UNITS, *"ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(), *_TENS]
    + [f"{ten}-{unit}" for ten in _TENS for unit in UNITS]
)
DETERMINERS = NUMBER_WORDS | frozenset(
    """
    a an the this that these those my our its their his her your both each all some any another every several such no
    """.split()
)
DEMONSTRATIVES = frozenset("the this that these those both its their such".split())
PRONOUNS = frozenset("it they this these both them all each either".split())
PREPOSITIONS = frozenset(
    """
    of on for to in into with by from at as about between under over against among concerning regarding within
    following during through across since upon after before towards per versus via without beyond until behind
    inside outside near around
    """.split()
)
CONJUNCTIONS = frozenset("and or but nor".split())
SUBORDINATORS = frozenset(
    "if unless whether when once until before after while although though because since where whenever why how".split()
)
LEADS = (
    PREPOSITIONS
    | SUBORDINATORS
    | frozenset(
        """
        given alongside building subject contrary thanks irrespective regardless owing due prior close instead ahead unlike like
        despite according further pursuant consequent depending save apart except together along barring pending failing
        notwithstanding rather such whatever however wherever unless assuming provided allowing considering granted alone
        """.split()
    )
)
"""What opens the words before a subject: `Subject to the board's agreement, it will be`."""
RELATIVES = frozenset("which that who whose whom".split())
JOINERS = (
    "with it",
    "with them",
    "together with",
    "along with",
    "as well as",
    "alongside",
    "accompanied by",
    "in addition to",
    "plus",
    "with",
)
"""What ties a second document to a first."""
CONTENTS = frozenset("recommendations findings conclusions proposals principles questions chapters".split())
"""What a document holds: where one was promised, a copy is of the document, and `with recommendations` names no other."""
SPEECH = frozenset(
    """
    sets shows show shown finds contains contain includes include describes describe explains explain examines
    makes provides provide considers covers responds recommends concludes identifies details outlines reflects
    builds commits confirm confirms announce announces said says say agreed accepted commissioned completed
    received asked reported published agreed met visited wrote written made given gave took taken led drawn put
    appointed invited know want believe think hope expect thank welcome recognise understand note wish inform
    tell became become takes replaces replace supersedes supersede runs run gives give looks look deals deal draws draw
    applies apply rests asks calls explores explore assesses assess addresses address sees meets supports accepts reject
    rejects
    """.split()
)
"""Other verbs that a clause may hold: a noun phrase does not reach across them."""
PARTICIPLES = frozenset(
    """
    setting showing explaining describing containing including providing giving outlining covering detailing
    listing confirming seeking inviting explaining summarising recording identifying responding making entitled
    titled called reporting reflecting asking proposing presenting highlighting focusing focussing updating
    which who whose that where so because but while when if and/or drawn prepared produced commissioned
    """.split()
)
"""Where a document's name ends: what follows tells of its content."""
DONE_WORDS = frozenset(
    "bound drawn written seen built held made run ran begun begin led met given undertaken taken sent written set shown".split()
)
"""Past forms without `ed`: a time behind one is the time of that."""
ORDINALS = frozenset("first second third fourth fifth last other latter former next".split())
"""With `the` before, one of several that were just counted: `the first, a review of ports`."""
COUNTED = "first second third fourth fifth".split()
COPIES, EVERYONE = frozenset(("copy", "copies")), frozenset(("i", "we"))
