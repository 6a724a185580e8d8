"""Names and nouns of bodies: public ones of the kingdom, and those that are foreign, devolved, of the courts or private."""

from __future__ import annotations

import re

OURS = re.compile(
    r"\b(?:(?:UK|HM|HS2|High\s+Speed\s+(?:2|Two)|Network\s+Rail|Sellafield|Post\s+Office)\s+(?:\w+\s+)*(?:Ltd|Limited|plc)"
    r"|(?!European|Union|Commons|Lords|The|This|That|Its|And|Our)[A-Z]\w+\s+(?:(?!European|Union|Commons)\w+\s+)?"
    r"Commission(?!\s+of\s+the)|Commission\s+(?:for|on)|System\s+Operator"
    r"|(?:Financial Reporting|Sentencing|Research|Medical Research|Arts|Design|Innovation"
    r"|Youth Justice|General (?!Affairs)\w+|Security|Health and Care Professions|Criminal Justice"
    r"|Engineering and \w+|Facilities|Funding|Civil Justice|Family Justice|British)\s+Council"
    r"|Advisory\s+(?:\w+\s+)?Committee|Committee\s+(?:on|for)\s+(?:Standards(?=\s+in\s+Public)|Climate|Radioactive"
    r"|Toxicity|Fuel|Medical)|Climate\s+Change\s+Committee|Expert\s+Committee|Review\s+Committee"
    r"|(?:UK|British|H[MR]|Her\s+Majesty(?:'s|\u2019s)?|His\s+Majesty(?:'s|\u2019s)?"
    r"|United\s+Kingdom|Coalition|Central|four)\s+(?:and\s+\w+\s+)?Governments?"
    r"|(?:Bank|Historic|Sport|Arts\s+Council|Church\s+Commissioners\s+for)\s+(?:of\s+)?England|[Cc]ollege\s+of\s+Policing"
    r"|Committee\s+of\s+(?:Privy\s+Counsellors|Inquiry)|Joint\s+Committee\s+on\s+Vaccination|(?:Nature\s+Conservation|Regulatory\s+Policy|(?:Tribunal|Civil|Criminal|Family)\s+Procedure(?:\s+Rule)?)\s+Committee"
    r"|Advisory\s+Council|(?:Animals\s+in\s+Science)\s+Committee|Midwifery\s+Council|Institute\s+for\s+Apprenticeships"
    r"|(?:Crown\s+Estate|Charity|Electoral|Boundary)\s+Commissioners|National\s+\w+\s+Company|(?:Nuclear|Management)\s+Organisation"
    r"|CDC\s+Group\s+plc"
    r"|Student\s+Loans\s+Company|Monitoring\s+Boards|Consumer\s+Council\s+for|Traffic\s+Commissioners"
    r"|(?:UK|British|National|Green|Great)\s+(?:[A-Z]\w+\s+)+(?:Bank|Fund|Energy|Railways|Nuclear)"
    r")\b"
)
"""Public bodies whose names sound like those of others."""
_STATES = "(?:Jersey|Guernsey|Gibraltar|Falklands?|Bermuda|[Dd]evolved|US|EU|UN|G7|G20)"
OTHERS = re.compile(
    r"\b(?:"
    + _STATES
    + r"\s+(?:and\s+\w+\s+)?(?:[Gg]overnments?|[Aa]dministrations?|[Mm]inisters?|authorities|officials|side|Executive"
    r"|Assembly|Parliament|Commission|Council|presidency|Presidency)"
    r"|(?!The|This|Our|His|Her|Last|Previous|Labour|Conservative|Coalition|Local|All|Both)[A-Z]\w+\s+Governments?"
    r"(?!\s+[A-Z])|Government\s+of\s+(?!the\s+United\s+Kingdom|the\s+day)[A-Z]\w+|Republic\s+of"
    r"|Northern\s+Ireland\s+(?!Office|Secretary|Minister|Human)\w+|Senedd|Holyrood|Stormont|Mayor|Greater\s+London\s+Authority"
    r"|[Cc]ombined\s+[Aa]uthorit(?:y|ies)|Transport\s+for\s+[A-Z]\w+|Police\s+(?:Service|Federation)\s+of"
    r"|(?:in|of)\s+(?:Northern\s+Ireland|Scotland|Edinburgh|Cardiff|Belfast)$"
    r"|(?<!\bfor )(?<!\bin )(?<!\band )(?<!\bof )(?!and\b|for\b|of\b)\w+\s+(?:Wales|Scotland)$"
    r"|European\s+(?:Union|Court|Central\s+Bank)|Council\s+(?:of\s+(?:the\s+European\s+Union|Europe|Ministers)"
    r"|[Ss]ecretariat|[Pp]residency)|(?:the|The)\s+(?:Presidency|EU|UN|IMF|OECD|IEA|IAEA|WHO|WTO|NATO|G7|G20"
    r"|World\s+Bank|Secretary[- ]General|High\s+Representative)"
    r"|Union\s+Commission|Commission\s+of\s+the|House\s+of\s+(?:Commons|Lords)\s+Commission"
    r"|United\s+Nations|World\s+(?:\S+\s+)?(?:Organi[sz]ation|Agency|Programme|Forum|Council|Federation|Athletics)"
    r"|UNESCO|UNICEF|UNHCR|OSCE|OPCW|ICRC|FATF|FIFA|UEFA|NATO|Nato|[Ii]nterpol|INTERPOL|Europol|Eurojust|Eurostat|Frontex"
    r"|(?!Innovate\b)[A-Z]\w+\s+(?:UK|International)(?=\s*$)|Rail\s+Delivery\s+Group"
    r"|International\s+\w+(?:\s+\w+)?(?:\s+(?:Agency|Fund|Organi[sz]ation|Court|Association|Committee|Union|Federation|Tribunal))"
    r"|Commonwealth\s+Secretariat|[Cc]o-operation\s+Council|Institute\s+(?:for|of)\s+(?!Health)"
    r"|(?!The\b)[A-Z]\w+\s+(?:Committee|Synod)|Committee\s+(?:on|of|for)\s+[A-Z]\w+|Church|Citizens\s+Advice|Banking\s+Group"
    r"|(?:[Ll]ocal|[Ff]ire|[Pp]olice|[Pp]lanning|[Hh]arbour|[Pp]ort)\s+(?:planning\s+)?authorit(?:y|ies)|CBI|TUC|BMA|LGA|NFU|ITV|EDF"
    r"|(?:[Cc]ounty|[Bb]orough|[Cc]ity|[Dd]istrict|[Ll]ocal|[Pp]arish|[A-Z]\w+)\s+Councils?"
    r"|(?:Lord\s+|Mr\s+|Madam\s+)?Speaker|(?:House|Commons|Lords)\s+authorities|Clerk\s+of\s+the\s+(?:House|Parliaments)|Black\s+Rod"
    r"|Red\s+Cross|Save\s+the\s+Children|RSPCA|RSPB|RNLI|NSPCC|HSBC|BP|Samaritans|Board\s+of\s+Deputies|UK\s+Finance|Severn\s+Trent"
    r"|(?:Daily|Sunday|Evening|Financial)\s+(?:Telegraph|Mail|Times|Mirror|Express|Standard)|Guardian|The\s+Times|Stock\s+Exchange"
    r"|(?:the|The)\s+(?:Times|Pope|Vatican|Holy\s+See|Knesset|Kremlin|White\s+House|State\s+Department|Opposition|Crown\s+Office)"
    r"|President\s+(?:of\s+the\s+United\s+States|(?!of\b)[A-Z]\w+)|Ambassador\s+of|Heads\s+of\s+Government|Financial\s+Stability\s+Board"
    r"|London\s+Assembly|Corporation\s+of\s+London|City\s+of\s+London|(?<!Friend\s)the\s+hon\.\s+(?:Member|Lady|Gentleman)"
    r"|First\s+Ministers?|Taoiseach|T[a\u00e1]naiste|Master\s+of\s+the\s+Rolls|(?:President|Chancellor)\s+of\s+the\s+\w.*Division"
    r"|(?:[Tt]rade|[Ii]ndustry|[Pp]rofessional|[Gg]overning|[Aa]warding|[Rr]epresentative|[Uu]mbrella)\s+bod(?:y|ies)"
    r"|(?!Great\b|British\b|UK\b|Our\b|The\b|Network\b|National\b|Water\b|Drinking\b|Clean\b)[A-Z][\w&-]+\s+(?:Water|Steel|Motors?|Systems|Energy|Trains|Airlines?"
    r"|Telecoms?|Pharmaceuticals|Insurance|Petroleum|Aerospace|Power|Ferries|Stores|Holdings)(?=\s*$)"
    r"|British\s+(?:Airways|Gas|Telecom|Steel|Sugar)|(?!Innovate)[A-Z]\w*[a-z]UK|UK[A-Z][a-z]+|techUK|United\s+States"
    r")\b"
)
"""Who is neither a Minister nor a public body by name: other governments, both Houses and their committees, councils, firms."""
FOREIGN = frozenset(
    """
    european foreign overseas scottish welsh irish manx french german dutch belgian italian spanish portuguese greek danish
    swedish norwegian finnish icelandic polish czech slovak slovenian hungarian romanian bulgarian croatian serbian
    bosnian albanian kosovan macedonian montenegrin maltese cypriot austrian swiss estonian latvian lithuanian ukrainian russian
    belarusian georgian armenian azerbaijani moldovan turkish israeli palestinian jordanian lebanese syrian iraqi iranian saudi
    kuwaiti qatari emirati bahraini omani yemeni egyptian libyan tunisian algerian moroccan sudanese ethiopian eritrean somali
    kenyan ugandan tanzanian rwandan nigerian ghanaian gambian zambian zimbabwean malawian mozambican angolan namibian congolese
    cameroonian african asian american canadian mexican brazilian argentine argentinian chilean colombian peruvian venezuelan
    cuban jamaican caribbean bermudian caymanian guyanese australian indian pakistani bangladeshi nepali nepalese burmese thai
    vietnamese malaysian singaporean indonesian filipino chinese japanese korean mongolian taiwanese afghan kazakh uzbek
    guernsey jersey gibraltar bermuda taliban
    """.split()
)
"""Adjectives of states and of the devolved nations: the body that one stands before is theirs."""
INITIALS = frozenset(("US", "U.S", "U.S.", "EU", "UN"))
"""What does the same, but only in capitals."""
OUR_OFFICES = frozenset(
    f"{where} {what}"
    for where in ("scottish", "welsh", "irish", "european", "foreign")
    for what in ("secretary", "office")
)
"""What is a part of the Government all the same."""
PEOPLE = frozenset(
    """
    council councils company companies firm firms employer employers supplier suppliers bank banks charity charities
    university universities college colleges school schools trust trusts provider providers operator operators
    developer developers landlord landlords constabulary constabularies constables force forces police commissioners
    authorities union unions contractor contractors manufacturer manufacturers retailer retailers platform platforms
    newspaper newspapers publisher publishers broadcaster broadcasters airline airlines insurer insurers lender lenders
    states business businesses organisation organisations organizations academics researchers members association
    associations federation society societies institutes institution institutions foundation club clubs
    league party parties plc ltd limited residents campaigners participants boards bidders stakeholders consultants
    airport airports hospital hospitals governors headteachers journal journals press industry secretariat coroner
    coroners court courts judges judiciary shareholders licensees growers farmers tenants parents congress commerce
    areas towns cities counties boroughs districts partnerships regions villages parishes ports clubs islands
    watch campaign cross crescent legion hospice hospices frontières
    those anyone everyone others confederation alliance chamber utilities utility consortium congregation parish synod
    judge justice justices tribunal tribunals magistrates sheriffs bench partners allies counterparts neighbours nations
    countries territories exporters importers producers supermarkets supermarket grocers brewers builders housebuilders
    shipbuilders brokers dealers traders carriers hauliers shippers investors investor owners owner trustees vice-chancellors
    solicitors barristers families victims bishops bishop archbishop diocese dioceses think-tank think-tanks pollsters guild
    lobby coalition syndicate co-operative cooperative co-operatives broadcasters inventors teachers doctors nurses dentists
    pharmacists vets mayor mayors councillors chambers academy jury arbitrator backbenchers
    """.split()
)
"""What else one who publishes may be, by the noun: companies, societies, courts, all kinds of people."""
PERSONS = frozenset(
    """
    commissioner inspector reviewer ombudsman chair chairman chairwoman chairperson director head president governor registrar
    auditor comptroller statistician scientist officer examiner assessor adviser envoy ambassador secretary minister friend
    lord lady baroness sir dame professor dr mr mrs ms justice judge coroner mayor bishop chancellor executive
    """.split()
)
"""What a person is called who can be `he` or `she`."""
BODIES = PERSONS | frozenset(
    """
    agency authority office board commission committee department ministry regulator inspectorate service review inquiry panel
    taskforce task-force branch unit body government administration group directorate registry treasury observatory laboratory
    institute centre fund network college team inspectors advisers statisticians scientists officers ministers officials
    """.split()
)
"""What a body or an office-holder is called, whosever it is."""
