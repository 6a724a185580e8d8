"""Short forms of what documents are about, each with the phrases it stands for, singular and without `of`, `and`, `for`."""

SHORT_FORMS = """
    bailiff = enforcement agent / nmw = national minimum wage | minimum wage / nlw = national living wage /
    windfarm = wind farm | wind turbine / send = special educational need | special need /
    sen = special educational need / ehcp = education health care plan / council = local authority | local government /
    wellbeing = well being / healthcare = health care / childcare = child care / pub = public house /
    gp = general practitioner | general practice | family doctor / nhs = national health service /
    ppe = personal protective equipment / nice = national institute clinical excellence /
    cqc = care quality commission / mhra = medicine healthcare product regulatory /
    hfea = human fertilisation embryology authority / hta = human tissue authority /
    jcvi = joint committee vaccination / acmd = advisory council misuse drug / phe = public health england /
    ukhsa = health security agency / dhsc = department health / ccg = clinical commissioning group /
    icb = integrated care board / amr = antimicrobial resistance | drug resistant infection /
    copd = chronic obstructive pulmonary disease / sti = sexually transmitted infection / hpv = human papillomaviru /
    mmr = measle mump rubella / ivf = vitro fertilisation / fgm = female genital mutilation /
    bse = bovine spongiform encephalopathy / cjd = creutzfeldt jakob disease / dols = deprivation liberty safeguard /
    lps = liberty protection safeguard / hfss = high fat sugar salt | high fat salt sugar | junk food /
    abortion = termination pregnancy | pregnancy termination / vape = electronic cigarette /
    carehome = care home | nursing home / breastfeeding = breast feeding / n2o = nitrou oxide | laughing ga /
    psychoactive = legal high / birdflu = avian influenza | bird flu / headteacher = head teacher /
    lac = looked after children | looked after child | children care / fsm = free school meal /
    homeschooling = home education | home schooling /
    rshe = relationship sex health education | relationship sex education | sex education /
    pshe = personal social health economic / eyfs = early year foundation stage /
    neet = not education employment | not education employment training / fe = further education /
    hei = higher education institution | higher education provider / dfe = department education /
    ofsted = office standard / hefce = higher education funding council / esfa = education skill funding agency /
    nctl = national college teaching leadership / itt = initial teacher training | teacher training /
    ebacc = english baccalaureate / ks1 = key stage 1 | key stage one / ks2 = key stage 2 | key stage two /
    ks3 = key stage 3 | key stage three / ks4 = key stage 4 | key stage four /
    pisa = programme international student assessment / nvq = national vocational qualification /
    lle = lifelong loan entitlement | lifelong learning entitlement / dsa = disabled student allowance /
    cse = child sexual exploitation / safeguarding = child protection / moj = ministry justice /
    hmcts = court tribunal service / hmpps = prison probation service / noms = national offender management service /
    cps = crown prosecution service / sfo = seriou fraud office / opg = office public guardian /
    cica = criminal injury compensation authority / yjb = youth justice board / yoi = young offender institution /
    ipp = imprisonment public protection / hdc = home detention curfew / rotl = release temporary licence /
    lifer = life sentence / tagging = electronic monitoring | electronic tag / mappa = multi agency public protection /
    lpa = lasting power attorney / laspo = legal aid sentencing punishment / pcc = police crime commissioner /
    pcso = community support officer / nca = national crime agency / soca = seriou organised crime agency /
    iopc = office police conduct / hmic = inspectorate constabulary /
    csew = crime survey england wales | british crime survey / vawg = violence against women girl /
    asb = anti social behaviour | antisocial behaviour / taser = conducted energy device / bwv = body worn video /
    ripa = regulation investigatory power / tpim = terrorism prevention investigation measure /
    counterterrorism = counter terrorism / cyberattack = cyber attack / dbs = disclosure barring service /
    crb = criminal record bureau / nrm = national referral mechanism / euss = eu settlement scheme /
    ilr = indefinite leave remain / uasc = unaccompanied asylum seeking children | unaccompanied asylum seeking child /
    ukvi = uk visa immigration / ukba = uk border agency / bno = british national oversea /
    irc = immigration removal centre / mod = ministry defence / military = armed force / raf = royal air force /
    veteran = ex service / dstl = defence science technology laboratory / sdsr = strategic defence security review /
    cbrn = chemical biological radiological nuclear / afcs = armed force compensation scheme /
    wmd = weapon mass destruction / nato = north atlantic treaty organisation /
    gchq = government communication headquarter / fcdo = foreign commonwealth development office /
    fco = foreign commonwealth office / dfid = department international development /
    oda = official development assistance / sdg = sustainable development goal / mdg = millennium development goal /
    ngo = non governmental organisation / echr = european convention human right / eu = european union /
    eea = european economic area / cjeu = european court justice / wto = world trade organisation /
    cptpp = tran pacific partnership / ttip = transatlantic trade investment partnership /
    fta = free trade agreement | trade deal / fdi = foreign direct investment | inward investment /
    ukef = uk export finance / ukti = uk trade investment / brexit = eu exit | leaving eu | eu withdrawal /
    uk = united kingdom / usa = united state / uae = united arab emirate / drc = democratic republic congo /
    hmt = hm treasury / hmrc = hm revenue custom | revenue custom / obr = office budget responsibility /
    nao = national audit office / fca = financial conduct authority / pra = prudential regulation authority /
    vat = value added tax / paye = pay you earn / nics = national insurance contribution / cgt = capital gain tax /
    iht = inheritance tax / sdlt = stamp duty land tax | stamp duty / apd = air passenger duty /
    ved = vehicle excise duty | road tax / ir35 = off payroll working / mtd = making tax digital /
    gaar = general anti abuse rule / sdil = soft drink industry levy | sugar tax / windfall = energy profit levy /
    isa = individual saving account / gdp = gross domestic product / cpi = consumer price index /
    rpi = retail price index / pfi = private finance initiative / dwp = department work pension /
    uc = universal credit / esa = employment support allowance / jsa = jobseeker allowance /
    pip = personal independence payment / dla = disability living allowance / lha = local housing allowance /
    dhp = discretionary housing payment / wca = work capability assessment / ssp = statutory sick pay /
    smp = statutory maternity pay / spa = state pension age / foodbank = food bank /
    underoccupation = spare room subsidy | bedroom tax / ppf = pension protection fund / tpr = pension regulator /
    hse = health safety executive / acas = advisory conciliation arbitration service / strike = industrial action /
    nda = non disclosure agreement | confidentiality clause / spl = shared parental leave /
    sicknote = fit note | sick note / lpc = low pay commission / gla = gangmaster licensing authority /
    beis = business energy industrial strategy / bis = business innovation skill / desnz = energy security net zero /
    dsit = science innovation technology / dbt = department business trade / decc = energy climate change /
    sme = small medium enterprise | small medium business | medium sized enterprise | medium sized business /
    startup = start up / cma = competition market authority / oft = office fair trading / ip = intellectual property /
    ipo = intellectual property office / trademark = trade mark / fobt = fixed odd betting terminal /
    fracking = hydraulic fracturing | shale ga / ghg = greenhouse ga / netzero = net zero /
    ccs = carbon capture storage | carbon capture usage storage / rhi = renewable heat incentive /
    epc = energy performance certificate / ets = emission trading scheme | emission trading system /
    cfd = contract difference / esos = energy saving opportunity scheme / smr = small modular reactor /
    gdf = geological disposal facility / ccc = climate change committee | committee climate change /
    ofgem = ga electricity market / chargepoint = charge point | charging point /
    defra = environment food rural affair / mmo = marine management organisation / rpa = rural payment agency /
    apha = animal plant health agency / cfp = common fishery policy / bps = basic payment scheme /
    mcz = marine conservation zone / sssi = site special scientific interest / aonb = area outstanding natural beauty /
    weee = waste electrical electronic equipment / drs = deposit return scheme / flytipping = fly tipping /
    cso = combined sewer overflow | storm overflow / caz = clean air zone / gmo = genetically modified organism /
    vivisection = animal experiment | animal testing / eia = environmental impact assessment /
    dft = department transport / dvla = driver vehicle licensing agency / dvsa = driver vehicle standard agency /
    caa = civil aviation authority / orr = office rail road | office rail regulation /
    mca = maritime coastguard agency / hs2 = high speed two | high speed 2 / hgv = heavy good vehicle /
    phv = private hire vehicle / ev = electric vehicle | electric car / escooter = e scooter | electric scooter /
    driverless = self driving | automated vehicle | autonomou vehicle /
    drone = unmanned aircraft | unmanned aerial vehicle / roadworks = road work | street work /
    numberplate = number plate / buspass = bu pass | concessionary travel / tram = light rail /
    dclg = department community local government / dluhc = levelling up housing community /
    mhclg = ministry housing community local / prs = private rented sector | private rental sector /
    hmo = house multiple occupation / nppf = national planning policy framework / cil = community infrastructure levy /
    rtb = right buy / greenbelt = green belt / rsh = regulator social housing / dfg = disabled facility grant /
    homeowner = owner occupier | home owner / voa = valuation office agency / lep = local enterprise partnership /
    nsip = nationally significant infrastructure project / foi = freedom information / spad = special adviser /
    quango = arm length body | non departmental public body / mp = member parliament / mou = memorandum understanding /
    psed = public sector equality duty / gds = government digital service / gdpr = general data protection regulation /
    ico = information commissioner / ai = artificial intelligence / ict = information communication technology /
    iot = internet thing / ukri = uk research innovation / cdei = centre data ethic / dcms = culture media sport /
    vcse = voluntary community social enterprise / ehrc = equality human right commission /
    lgbt = lesbian gay bisexual / bame = black asian minority ethnic / bme = black minority ethnic /
    islamophobia = anti muslim hatred / comah = major accident hazard / acm = aluminium composite material
"""
