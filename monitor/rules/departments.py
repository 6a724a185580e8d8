"""Departments under all their names: as Parliament's answering bodies, as GOV.UK organisations, by acronym and before renaming.

same_department("Treasury", "HM Treasury")                          True: two names of one
same_department("BEIS", "Department for Business and Trade")        True: the one came out of the other
same_department("Department for Business and Trade", "DESNZ")       False: siblings are not the same
"""

from __future__ import annotations

import re

_NAMES = """
ago: Attorney General's Office | Attorney General | Attorney-General | AGO | Law Officers | Solicitor General |
  Law Officers' Department
co: Cabinet Office | CO | Minister for the Cabinet Office | Duchy of Lancaster | Chancellor of the Duchy of
  Lancaster | Government Equalities Office | GEO | Women and Equalities | Minister for Women and Equalities
pm: Prime Minister's Office, 10 Downing Street | Prime Minister | Number 10 | No 10 | 10 Downing Street
hmt: HM Treasury | Treasury | HMT | Exchequer | Chancellor of the Exchequer
home: Home Office | Home Department | Secretary of State for the Home Department | HO
moj: Ministry of Justice | Justice | MoJ
dca: Department for Constitutional Affairs | Constitutional Affairs | DCA | Lord Chancellor's Department
mod: Ministry of Defence | Defence | MoD
dfe: Department for Education | Education | DfE
dcsf: Department for Children, Schools and Families | Children, Schools and Families | DCSF
dfes: Department for Education and Skills | Education and Skills | DfES
dft: Department for Transport | Transport | DfT
defra: Department for Environment, Food and Rural Affairs | Environment, Food and Rural Affairs | Defra | DEFRA
dhsc: Department of Health and Social Care | Health and Social Care | DHSC
doh: Department of Health | Health | DH | DoH
dwp: Department for Work and Pensions | Work and Pensions | DWP
mhclg: Ministry of Housing, Communities and Local Government | Housing, Communities and Local Government | MHCLG
  | Ministry of Housing, Communities & Local Government (2018 to 2021) | Ministry of Housing, Communities &
  Local Government (2018-2021)
dluhc: Department for Levelling Up, Housing and Communities | Levelling Up, Housing and Communities | DLUHC
dclg: Department for Communities and Local Government | Communities and Local Government | DCLG | CLG
odpm: Office of the Deputy Prime Minister | Deputy Prime Minister | ODPM
dcms: Department for Culture, Media and Sport | Culture, Media and Sport | DCMS
dcmsd: Department for Digital, Culture, Media and Sport | Digital, Culture, Media and Sport
olympics: Olympics | Government Olympic Executive
dsit: Department for Science, Innovation and Technology | Science, Innovation and Technology | DSIT
desnz: Department for Energy Security and Net Zero | Energy Security and Net Zero | DESNZ
dbt: Department for Business and Trade | Business and Trade | DBT
beis: Department for Business, Energy and Industrial Strategy | Business, Energy and Industrial Strategy | BEIS
bis: Department for Business, Innovation and Skills | Business, Innovation and Skills | BIS
berr: Department for Business, Enterprise and Regulatory Reform | Business, Enterprise and Regulatory Reform |
  BERR
dius: Department for Innovation, Universities and Skills | Innovation, Universities and Skills | DIUS
dti: Department of Trade and Industry | Trade and Industry | DTI
decc: Department of Energy and Climate Change | Department for Energy and Climate Change | Energy and Climate
  Change | DECC
dit: Department for International Trade | International Trade | DIT
dexeu: Department for Exiting the European Union | Exiting the European Union | DExEU
fcdo: Foreign, Commonwealth and Development Office | Foreign, Commonwealth & Development Office | FCDO
fco: Foreign and Commonwealth Office | Foreign & Commonwealth Office | FCO
dfid: Department for International Development | International Development | DfID | DFID
nio: Northern Ireland Office | Northern Ireland | NIO
scot: Scotland Office | Office of the Secretary of State for Scotland | Scotland | Scottish Office
wales: Wales Office | Office of the Secretary of State for Wales | Wales
commons: Leader of the House of Commons | Office of the Leader of the House of Commons | Leader of the House
lords: Leader of the House of Lords | Office of the Leader of the House of Lords | Lord Privy Seal
ukef: UK Export Finance | Export Credits Guarantee Department | ECGD
hmrc: HM Revenue and Customs | HMRC | Revenue and Customs
"""

_HEIRS = """
dca>moj fco>fcdo dfid>fcdo dfes>dcsf dcsf>dfe doh>dhsc odpm>dclg dclg>mhclg mhclg>dluhc dluhc>mhclg dcms>dcmsd dcmsd>dcms
dcmsd>dsit beis>dsit beis>desnz beis>dbt dit>dbt bis>beis decc>beis berr>bis dius>bis dti>berr dfes>dius dexeu>co
berr>decc bis>dfe olympics>dcms
"""

_BODIES = """
defra: Environment Agency | Natural England | Forestry Commission | Animal and Plant Health Agency | Marine
  Management Organisation | Rural Payments Agency | Water Services Regulation Authority | Ofwat | Centre for
  Environment, Fisheries and Aquaculture Science | Veterinary Medicines Directorate | Office for Environmental
  Protection | Drinking Water Inspectorate
dft: Driver and Vehicle Standards Agency | Driver and Vehicle Licensing Agency | Maritime and Coastguard Agency
  | Vehicle Certification Agency | Network Rail | National Highways | Highways England | Office of Rail and Road
  | Civil Aviation Authority | High Speed Two (HS2) Limited | Air Accidents Investigation Branch | Marine
  Accident Investigation Branch | Rail Accident Investigation Branch | Traffic Commissioners for Great Britain
home: UK Visas and Immigration | Border Force | Immigration Enforcement | National Crime Agency | Migration
  Advisory Committee | Independent Chief Inspector of Borders and Immigration | Disclosure and Barring Service |
  Security Industry Authority | HM Passport Office | His Majesty's Inspectorate of Constabulary and Fire &
  Rescue Services | Advisory Council on the Misuse of Drugs
moj: HM Prison and Probation Service | HM Courts and Tribunals Service | Legal Aid Agency | Youth Justice Board
  for England and Wales | Law Commission | Parole Board | Office of the Public Guardian | Criminal Injuries
  Compensation Authority | HM Inspectorate of Prisons | HM Inspectorate of Probation | Sentencing Council |
  National Offender Management Service
ago: Crown Prosecution Service | Serious Fraud Office | Government Legal Department | HM Crown Prosecution
  Service Inspectorate
dfe: Ofsted | Ofqual | Office for Students | Education and Skills Funding Agency | Standards and Testing Agency
  | Skills England | Children's Commissioner for England | Office of the Children's Commissioner | Social Work
  England
dhsc: NHS England | UK Health Security Agency | Public Health England | Medicines and Healthcare products
  Regulatory Agency | Care Quality Commission | NHS Business Services Authority | Human Fertilisation and
  Embryology Authority | Human Tissue Authority | Office for Health Improvement and Disparities | National
  Institute for Health and Care Excellence | Health Education England | NHS Digital
dwp: Health and Safety Executive | The Pensions Regulator | Child Maintenance Service | Office for Nuclear
  Regulation | Pension Protection Fund | Social Security Advisory Committee | Pensions Ombudsman
mhclg: Planning Inspectorate | Homes England | Regulator of Social Housing | Building Safety Regulator | The
  Housing Ombudsman | Leasehold Advisory Service
hmt: HM Revenue & Customs | Office for Budget Responsibility | Government Actuary's Department | UK Debt
  Management Office | National Infrastructure Commission | Office of Tax Simplification | National
  Infrastructure and Service Transformation Authority | National Savings and Investments | Financial Conduct
  Authority | Crown Estate
dbt: Companies House | Competition and Markets Authority | Insolvency Service | Low Pay Commission | Small
  Business Commissioner | Acas | Office for Product Safety and Standards | Trade Remedies Authority | Financial
  Reporting Council | British Business Bank | Post Office
desnz: Ofgem | Climate Change Committee | Committee on Climate Change | Nuclear Decommissioning Authority |
  North Sea Transition Authority | Oil and Gas Authority | Mining Remediation Authority | Coal Authority | Great
  British Energy
dsit: UK Research and Innovation | Ofcom | Information Commissioner's Office | Intellectual Property Office | UK
  Space Agency | Met Office | Ordnance Survey | Government Digital Service | AI Security Institute
dcms: Historic England | Arts Council England | Gambling Commission | Charity Commission for England and Wales |
  The Charity Commission | UK Sport | Sport England | National Lottery Heritage Fund | British Library | The
  National Archives
co: Crown Commercial Service | Government Digital Service | Civil Service | Government Commercial Function |
  Infrastructure and Projects Authority | UK Statistics Authority | Office for National Statistics | Equality
  Hub | Committee on Standards in Public Life | House of Lords Appointments Commission | Race Disparity Unit
mod: Royal Navy | British Army | Royal Air Force | Defence Equipment and Support | Veterans UK | Office for
  Veterans' Affairs | UK Hydrographic Office | Defence Science and Technology Laboratory | Defence
  Infrastructure Organisation | Service Complaints Ombudsman
nio: Independent Reporting Commission | Parades Commission for Northern Ireland
"""

_LEADS = re.compile(
    r"^(?:the|uk|office of the secretary of state for|secretary of state for|department (?:for|of)|ministry of) "
)


def _folded(name: str) -> str:
    words = name.lower().replace("\u2019", "'").replace("&", " and ")
    return " ".join(re.sub(r"[^\w' ]+", " ", words).split())


def _table(text: str) -> dict[str, str]:
    joined = text.strip().replace("\n  ", " ")
    rows = (line.split(": ", 1) for line in joined.splitlines())
    return {_folded(name): key for key, names in rows for name in names.split("|")}


_KEYS = _table(_NAMES)
_PARENTS = _table(_BODIES)
_SUCCESSION = [tuple(pair.split(">")) for pair in _HEIRS.split()]


def department_key(name: str) -> str | None:
    """A short key for a department under any of its names; None for a name that is not known."""
    folded = _folded(name)
    return _KEYS.get(folded) or _KEYS.get(_LEADS.sub("", folded))


def parent_key(name: str) -> str | None:
    """The key of the department that an agency or other public body belongs to; None where it is not known."""
    return _PARENTS.get(_folded(name)) or _PARENTS.get(_LEADS.sub("", _folded(name)))


def same_department(a: str, b: str) -> bool:
    """Whether two names are of one department, or of one and what it became by renaming, merging or being split."""
    if _folded(a) == _folded(b):
        return True
    one, other = department_key(a), department_key(b)
    if one is None or other is None:
        return False
    return one == other or other in _heirs(one) or one in _heirs(other)


def in_family(body: str, department: str) -> bool:
    """Whether a body is the department, or one of its agencies and public bodies."""
    if same_department(body, department):
        return True
    parent, key = parent_key(body), department_key(department)
    return parent is not None and key is not None and (parent == key or parent in _heirs(key) or key in _heirs(parent))


def _heirs(key: str) -> frozenset[str]:
    """All that a department became, step by step; its own key is left out."""
    found: set[str] = set()
    waiting = [key]
    while waiting:
        current = waiting.pop()
        for old, new in _SUCCESSION:
            if old == current and new not in found and new != key:
                found.add(new)
                waiting.append(new)
    return frozenset(found)
