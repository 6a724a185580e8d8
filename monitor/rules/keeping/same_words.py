"""Words of one meaning in what documents are about, group by group: the first of each stands for all. All are singular."""

SAME_WORDS = """
    death mortality fatality dead died / disease illness / infection infectiou / cancer tumour oncology /
    dental dentist dentistry tooth teeth / doctor physician / pregnancy pregnant antenatal / midwife midwifery midwive /
    baby infant newborn neonatal / vaccine vaccination immunisation inoculation jab / medicine medication /
    pharmacy pharmacist / surgery surgical surgeon / ambulance paramedic / mental psychiatric /
    obesity obese overweight / smoking tobacco cigarette smoker / cannabi marijuana / opioid opiate /
    addiction dependency / autism autistic / tuberculosi tb / influenza flu / coronaviru covid / shingle herpe zoster /
    pertussi whooping / chickenpox varicella / monkeypox mpox / meningiti meningococcal / polio poliomyeliti /
    sepsi septicaemia / pandemic epidemic / heart cardiac cardiovascular coronary / lung respiratory pulmonary /
    kidney renal / bowel colorectal / cervical smear / eye ophthalmic / dementia alzheimer / allergy allergic allergen /
    diet dietary nutrition nutritional / sugar sugary / salt sodium / antibiotic antimicrobial / hospice palliative /
    surrogacy surrogate / fertility infertility / laboratory lab / viru viral / therapy therapeutic /
    diagnosi diagnostic diagnose / referral refer / caregiver carer / prosthetic prosthesi / health healthy /
    gene genetic / toxic toxicity toxicology / injury injured / child children kid / youth teenager adolescent teen /
    pupil student schoolchildren schoolchild / teacher teaching schoolteacher / nursery preschool / curriculum syllabu /
    exam examination / attainment achievement / math mathematic mathematical / absence truancy absenteeism /
    exclusion expulsion / bursary scholarship / apprentice apprenticeship / leadership leader / meal lunch /
    literacy literate / numeracy numerate / mother mum / father dad / spouse husband wife / marriage marital wedding /
    grandparent grandmother / admission admit / prison jail gaol / prisoner inmate / reoffending recidivism /
    imprisonment incarceration / penalty fine / judge judicial judiciary / jury juror / crime offence /
    murder homicide / theft stealing / burglary burglar / fraud scam / bribery bribe / violence violent /
    stalking stalker / terrorism terrorist terror / extremism extremist / firearm gun shotgun /
    knife knive blade bladed / weapon weaponry / spy spying espionage / police constabulary policing constable /
    illegal unlawful illicit / law legislation / complaint complain / compensation redress / acquit acquittal /
    coroner inquest / hate hatred / detention detain detainee / inspection inspector inspectorate /
    suspicion suspiciou / immigration immigrant migration migrant / nationality citizenship naturalisation /
    border frontier / trident deterrent / soldier troop serviceman / navy naval / nuclear atomic /
    aircraft aeroplane airplane / airport aerodrome airfield / procurement purchasing / oversea abroad /
    diplomacy diplomatic diplomat / famine hunger starvation / scotland scottish scot / wales welsh / ireland irish /
    europe european / africa african / america american / france french / germany german / china chinese /
    russia russian / ukraine ukrainian / syria syrian / afghanistan afghan / iran iranian / iraq iraqi /
    israel israeli / palestine palestinian / india indian / pakistan pakistani / japan japanese / turkey turkish /
    libya libyan / yemen yemeni / nigeria nigerian / kenya kenyan / sudan sudanese / rwanda rwandan /
    zimbabwe zimbabwean / nepal nepalese nepali / bangladesh bangladeshi / poland polish / romania romanian /
    bulgaria bulgarian / albania albanian / spain spanish / italy italian / greece greek / cypru cypriot /
    canada canadian / australia australian / myanmar burma burmese / netherland dutch holland / korea korean /
    vietnam vietnamese / norway norwegian / tax taxation / economy economic / finance financial /
    spending expenditure spend / debt indebtedness / pay wage salary remuneration /
    uprating uprate increase rise raise / reduction reduce cut decrease / loan lending lend lender /
    possession repossession / pension superannuation / retirement retire retiree / poverty poor / wealth wealthy /
    inflation inflationary / underpayment underpaid / bankruptcy insolvency insolvent bankrupt / budget budgetary /
    cryptocurrency cryptoasset crypto / workforce staff personnel manpower / employee worker /
    unemployment unemployed jobless worklessness workless / dismissal sacking / holiday vacation /
    company firm business enterprise / entrepreneur entrepreneurship entrepreneurial / shareholder stockholder /
    merger takeover / shop retail retailer / supermarket grocery / gambling betting / advertising advertisement advert /
    counterfeit fake / audit auditor / consumer shopper / owner ownership / licence license licensing /
    certificate certification certify / register registration registry / compliance comply compliant /
    acquire acquisition / sale sell selling / invention inventor / philanthropy philanthropic / charity charitable /
    solar photovoltaic / fracking shale / petrol gasoline / carbon co2 / radiation radiological /
    meteorology meteorological weather / forest forestry woodland / river watercourse /
    sewage sewerage sewer wastewater / waste rubbish refuse / pesticide herbicide / fertiliser manure / peat peatland /
    hedgerow hedge / rural countryside / coast coastal coastline / smell odour / erode erosion / sea seabed /
    meadow grassland / earthquake seismic / farm farming farmer agriculture agricultural /
    fish fishing fishery fisherman fishermen / bee pollinator honeybee / bird avian / poultry chicken hen /
    cattle bovine cow / pig swine / sheep lamb ovine / horse equine / dog puppy canine / cat kitten feline /
    slaughter slaughterhouse abattoir / dairy milk / veterinary veterinarian / beer ale / deer venison / rail railway /
    road highway / pavement footway / cycling cyclist bicycle bike / pedestrian walking / taxi cab minicab /
    ship vessel boat / seafarer sailor seaman / port harbour / car vehicle automobile automotive / driver motorist /
    lorry hgv truck / motorbike motorcycle motorcyclist / accident crash collision / aviation aeronautical /
    flight flying / journey trip / safety safe / diversion divert / housing dwelling / rent rental / tenant renter /
    leasehold lease leaseholder / squatter squatting / devolution devolved devolve / election electoral elector /
    vote voting voter ballot / referendum plebiscite / parliament parliamentary / lobbying lobbyist /
    democracy democratic / ombudsman ombudsmen / adviser advisor / bureaucracy bureaucratic /
    cemetery burial graveyard / funeral cremation / science scientific scientist / technology technological tech /
    internet online web / cyber cybersecurity / telecom telecommunication / phone telephone smartphone /
    identity id identification / nanotechnology nanomaterial nanoparticle / television tv / inquiry enquiry /
    film movie / press newspaper / journalism journalist / football soccer / tourism tourist / heritage historic /
    art artistic / leisure recreation recreational / theatre theatrical / sculpture statue / woman women female /
    man men male / race racial ethnic ethnicity racism / lgbt lgbtq lgbti / transgender transsexual /
    religion religiou faith / muslim islamic islam / jewish jew / disparity inequality inequity / bame bme /
    older elderly / disaster catastrophe / firefighter fireman / hazard peril / ban prohibition prohibit outlaw /
    abolition abolish / limit cap ceiling / improvement enhancement / pilot pathfinder trailblazer /
    spread transmission / growth grow / expansion expand / extension extend / closure close / notification notify /
    classification classify / simplification simplify / clarification clarify / intervention intervene /
    conversion convert / subscription subscribe / prescription prescribe / evasion evade / usage use utilisation /
    shortage scarcity / delay postponement / mandatory compulsory obligatory / additional extra / rapid fast quick /
    global worldwide / duration length / night overnight / weight weigh / width wide / height high /
    strength strengthen / forecast prediction / noise noisy / warmth warm / stillbirth stillborn / birth childbirth /
    tanning sunbed / hostage kidnapping kidnap / ammunition munition / treasury exchequer / refund reimbursement /
    subcontractor subcontracting / hydropower hydroelectric hydro / leak leakage / groundwater aquifer / cereal grain /
    wine vineyard / angling angler / tram tramway / freight cargo / haulage haulier / toilet lavatory / byelaw bylaw /
    monarchy monarch / secrecy secret / scrutiny scrutinise / physic physicist / chemistry chemist /
    pornography pornographic porn / paedophile paedophilia / photograph photo / shipwreck wreck / stadium stadia /
    revoke revocation / suspend suspension / electrify electrification / withdrawal exit withdraw / stable stability /
    viable viability / liable liability / haemophilia haemophiliac / asthma asthmatic / anaesthesia anaesthetic /
    guardian guardianship / loneliness lonely / smuggler smuggling / parole parolee / drug narcotic /
    bacteria bacterial / menstrual menstruation / epilepsy epileptic / dyslexia dyslexic /
    optician optometrist optometry / paediatric paediatrician / postmaster subpostmaster / bookmaker bookie /
    prosecution prosecutor / magistrate magistracy / fund funded funding / private privately
"""
