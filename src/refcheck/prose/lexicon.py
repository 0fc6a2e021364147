"""Words that tell what a part of a reference is: first names, places, words of journals, of publishers, of groups.

They are hints for the model, not decisions: a word may be in several classes. All are compared in lower case.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


GIVEN_NAMES = _words(Path(__file__).with_name("given_names.txt").read_text("utf-8"))
"""First names: those of at least 30 authors in DBLP (CC0) that are rarely family names and no English words, and some 600 of writers elsewhere."""

PLACES = _words("""
aachen aarhus abingdon alexandria amherst amsterdam ankara antwerp antwerpen arbor arlington athens atlanta auckland austin australia austria baltimore bangalore bangkok barcelona bari basel basingstoke bath
beijing belgium belgrade bergen berkeley berlin bern bethesda bielefeld birmingham bloomington bochum bogotá bologna bombay bonn boston boulder braunschweig brazil bremen brighton brisbane bristol brno brussels bruxelles
bucharest budapest buenos aires ca calcutta california cambridge canada canberra chapel chicago chichester chile china clarendon cologne colorado columbus connecticut copenhagen cornell d.c. dallas darmstadt davis dc delhi
denmark denver detroit dordrecht dortmund dresden dublin durham düsseldorf edinburgh eindhoven england erlangen essen evanston fe finland firenze fl florence frankfurt freiburg france genève geneva germany ghent gießen glasgow
gothenburg göteborg göttingen grenoble groningen haag hague haifa halle hamburg hannover harlow harmondsworth harvard haven heidelberg helsinki hillsdale hoboken hong hove illinois india indianapolis ireland israel istanbul italia italy
ithaca jerusalem jena kassel kent kiel kingdom klagenfurt københavn köln konstanz korea kraków krakow kyoto la lausanne leeds leicester leiden leipzig leuven lima lisboa lisbon liverpool ljubljana london londres los angeles
louvain lund luzern lyon ma madison madrid mainz malden manchester mannheim marburg marseille maryland mass massachusetts md melbourne mexico méxico miami michigan milan milano minneapolis mit montpellier montréal montreal
moscow moskva mumbai münchen munich münster nairobi napoli nashville netherlands newark nice nijmegen nj norway norwich norwood nottingham nsw ny oakland ohio oldenburg olms opladen oregon orlando osaka oslo ottawa oxford oxon
padova padua palermo palo alto paris pa pennsylvania philadelphia phoenix pisa pittsburgh poland portland porto portsmouth potsdam poznań praha prague princeton providence québec quebec reading redmond regensburg rennes reno
rio roma rome rotterdam russia salzburg san santiago são paulo sapporo seattle seoul sevilla shanghai sheffield siena singapore sofia southampton spain springfield stanford stockholm strasbourg stuttgart sussex sweden switzerland
sydney taipei tallinn tampere tartu tehran tel aviv tempe texas tokyo torino toronto toulouse trier trieste tübingen turin turku tx uk united university uppsala urbana usa utrecht valencia vancouver venezia venice vermont victoria
abu accra addis albania algiers algeria alexandria almaty amman anchorage angola ankara antwerpen argentina armenia asunción auckland azerbaijan baghdad baku bangalore bangkok bangladesh barbados beijing beirut belarus belgrade beograd
bilbao bogotá bolivia bombay bosnia brasília brazil brisbane bucharest buenos aires cairo calcutta cambodia cameroon canberra cape casablanca chennai chile christchurch colombia colombo croatia cuba cyprus dakar
damascus delhi dhaka doha dubai ecuador egypt emirates estonia ethiopia gaza ghana greece guatemala hanoi harare havana hawaii hyderabad iceland indonesia iran iraq islamabad jakarta jamaica jordan kabul kampala
karachi kathmandu kazakhstan kenya khartoum kiev kyiv kinshasa kolkata kuala kuwait lagos lahore latvia lebanon libya lithuania luanda lumpur luxembourg macedonia malaysia malta manila maputo marrakech mecca medellín montevideo
morocco mozambique myanmar nepal zealand nigeria oman pakistan palestine panama paraguay perth peru philippines pretoria puerto qatar quito rabat reykjavík riga riyadh romania rwanda salvador santo saudi senegal serbia
seoul skopje slovakia slovenia sri lanka sudan syria taiwan tanzania tashkent tbilisi tegucigalpa tirana tripoli tunis tunisia turkey uganda ukraine ulaanbaatar uruguay uzbekistan venezuela vietnam wellington yangon yerevan zambia zimbabwe
vienna vilnius virginia warsaw warszawa warwick washington waterloo wellington westport wien wiesbaden wisconsin wrocław wuppertal würzburg york zagreb zürich zurich
""")
PUBLISHER_WORDS = _words("""
abrams academic academy addison akademie akademische albin allen alianza antheneum anchor apress aufbau avon ballantine bantam basic beacon beck belknap bertelsmann birkhäuser blackwell blackwells bloomsbury böhlau books
bompiani bowker brill broadway brunner butterworth cambridge campus chapman chatto clarendon college columbia continuum corwin crc créaphis crown cup de dekker del delacorte dell deutsche deuticke doubleday dover duckworth duncker
dunod dutton earthscan ediciones editions éditions edizioni editora editore editores editorial edp einaudi elgar elsevier erlbaum faber farrar fayard feltrinelli fischer flammarion fnac fontana francke franz frances freeman
gallimard garland garnier giroux gmbh gower grasset greenwood gruyter guilford hachette hall halsted harcourt harper harpercollins harrassowitz harvard hatje haupt heinemann herder heyne hodder hogrefe holt houghton
huber humblot inc insel interscience iq iudicium jossey-bass jovanovich juventa kaufmann karger kegan klett klincksieck klinkhardt klostermann knopf kohlhammer kluwer l'harmattan lang laterza lawrence lea lexington
little liveright lit llc longman longmans ltd luchterhand macmillan maspero mcgraw mcgraw-hill meiner metropolitan metzler mifflin mimesis minuit mit mohr morgan morrow mouton mulino narr nauka niemeyer nijhoff nomos
north-holland norton odile o'reilly orell oup oxford palgrave pantheon penguin paragon payot paidós pearson pendo penguin peeters perennial pergamon piper plenum plon polity praeger prentice presses press presse princeton prometheus publications
publisher publishers publishing puf pur puv quadriga random reclam reidel reimer riverhead rizzoli rororo routledge rowman rowohlt sage saint-martin saunders schirmer schöningh schuster scribner scribner's sellerio seuil signet siglo
simon sinauer springer springer-verlag st-martin stanford steiner suhrkamp tarcher taschenbuch taylor teubner thames thieme thomson touchstone twayne transcript tredition ullstein ucl unwin utb uvk valley vandenhoeck verlag verlags
verlagsgesellschaft verso viking vintage vogel vrin vs vsa waxmann weidenfeld weidmann wesley wiley wilhelm wissenschaftliche wissenschaftlicher wiss world yale zed zondervan zsolnay ruprecht
""")
JOURNAL_WORDS = _words("""
abh abstracts acad acc acta adv advances ajr am amer american anal analysis annalen annales annals ann annu annual anthropology anzeiger appl applied arch archaeology archiv archive archives arthritis ärzteblatt assoc astron astronomical astropart
astrophys astrophysical atti beiträge behav biochem biochemistry biochim biol biological biology biom biometrika biophys biotechnol blätter blood bmj boletim boletín boll bollettino br brain bull bulletin bwv cah cahiers calif cambridge cancer
canadian cell cerebral chem chemical chemistry circ circulation cit classical clin clinical clim cogn cognition cognitive comm commun communication communications comp comparative comput computational computer computers computing
crit critical cuadernos cult cultural curr current datenschutz der deutsch deutsche dev development developmental dialectica diabetes die diogenes diss ecol ecological ecology econ econometrica economic economics economist educ education educational
electron electronics elife endocrinol energy eng engineering entomol environ environmental epidemiol ethnology études eur europ european evol evolution exp experimental fem fluid forum forschung found foundations front frontiers fund gastroenterol
gen genet genetics genome geographical geography geol geological geology geophys geophysical gesellschaft grav haematol hand health hematol hist historical history historische hospital hum human humanities hydrobiologia ieee immunol immunology inf infect
information innov inquiry instrum int intell intelligence interact international invent investig ital jahrbuch jahrb jama j jcp jetp jhep jnl jour journal journalism journals kölner komparatistik lancet lang language law lect lecture lett letters
library limnol ling linguist linguistic linguistics lit literary literature lncs london mag magazin magazine magazín mammalian management mar marine mat mater materials math mathematica mathematical mathematics mathematik mech mechanics med media
medical medicine medizin mem mémoires mercure merkur met meth methods microbiol mind mnras mod modern mol molecular monatshefte monographs nachr nachrichten nano nat national natl nature naturwissenschaften neur neural neurobiol neurochem neuroimage neurol neurology
neuron neurophysiol neuroreport neurosci neuroscience new news nieuwe nonlinear notes nucl nuclear nucleic nursing nutr obstet oncogene oncol oncology ophthalmol opt optical optics organizational ornithol pacific paediatr pain pathol pediatr pediatrics
perception personality perspect perspectives pharm pharmacol pharmacology phil philos philosophical philosophie philosophy photogramm phys physica physical physics physik physiol physiology plant plos pnas poetics pol policy polit political politics politische politikwissenschaft
polymer pop population posit postgrad practice pragmatics prev principles prob proc proceedings prog progress psych psychiat psychiatr psychiatry psycho psychol psychological psychologie psychology psychopathol psychother public quart quarterly quaternary
quaderni quant quantum radiat radiol radiology rass recherche rech remote rend rep reports res research revista revue rev review reviews rheum rheumatol rheumatology rhetoric riv rivista royal rundschau scand sch school schweizerische sci science scienc
sciences scientia scientific scientometrics semin ser series sigcomm sigir sigmod sign signal smithsonian soc social socio sociological sociology software soil solid soviet sov spectra spectrosc speculum spie statist statistical statistics stud studi studia
studien studies style supp suppl supplement surf surg surgery surv survey symp synth syst systems teaching tech technol technology theor theoretical theory thorac tissue today toxicol trans transactions transplant trends tribology trop univ
universität urban urol vet veterinary vie virol virology virus vision vox water west wiss wissenschaft wissenschaften working world yearbook zeitschr zeitschrift zeitung zeitgeschichte zentralbl zh zool zoological zoologie zoology zts ztschr ethics euphytica
""")
MEDIA_WORDS = _words("""
abc aftenposten al-jazeera ap ars arstechnica atlantic bbc billboard bild blog bloomberg bookseller buzzfeed cbs chronicle courier bulletin advertiser citizen argus echo enquirer bee cnbc cnet cnn conversation corriere daily dagens deccan democrat diario dispatch dn economist el engadget esquire evening
examiner expansión express faz figaro financial focus folha forbes fortune fox gazeta gazette globe globo guardian haaretz handelsblatt harper's herald heise hindu hindustan huffington huffpost independent inquirer insider jacobin jazeera journal
kurier libération lemonde mail medium mercury mirror monde morning mother nachrichten nation nbc netzpolitik neue new newsweek news newspaper nikkei npr nrc nyt nzz observer obs online país people pbs pitchfork plain politico politiken popular post presse
prospect quanta quartz quillette recode record register repubblica republic reuters review rolling rtl salon sächsische scientist scmp sentinel slate sky spectator spiegel standard stampa star stern straits substack sud süddeutsche
sueddeutsche sun sunday tagblatt tagesanzeiger tageszeitung tagesschau tagesspiegel taz techcrunch techdirt telegraph telegraaf time times today tomorrow tribune usa vanity variety venturebeat verge vice volkskrant vox wall washington weekly
welt wikipedia wired yorker youtube zdf zeit zdnet
""")
# Newspapers, broadcasters, agencies and magazines, by the name that they registered for their site.
PRESS_SITES = _words("""
nytimes washingtonpost wsj latimes usatoday chicagotribune bostonglobe sfchronicle sfgate miamiherald nypost nydailynews newsday seattletimes denverpost dallasnews houstonchronicle startribune inquirer baltimoresun
tampabay azcentral freep cleveland oregonlive mercurynews philly ajc orlandosentinel sun-sentinel texastribune theguardian guardian thetimes telegraph independent ft dailymail mirror thesun standard
express metro inews scotsman heraldscotland irishtimes rte bbc sky itv channel4 npr pbs cnn foxnews nbcnews cbsnews abcnews msnbc cnbc bloomberg reuters apnews ap afp upi politico thehill axios vox slate salon
theatlantic newyorker harpers thenation newrepublic nationalreview motherjones reason economist time newsweek forbes fortune businessinsider insider inc fastcompany hbr wired arstechnica theverge techcrunch
engadget gizmodo mashable cnet zdnet venturebeat theregister technologyreview newscientist scientificamerican smithsonianmag nationalgeographic popsci popularmechanics quantamagazine nautil undark statnews
livescience space sciencenews scientist theconversation buzzfeednews buzzfeed huffpost huffingtonpost thedailybeast vice theintercept propublica jacobin aeon prospectmagazine spectator newstatesman lrb
nybooks rollingstone variety hollywoodreporter billboard pitchfork people vogue vanityfair gq esquire elle espn si nfl nba yahoo marketwatch barrons investopedia kiplinger cbc ctvnews globalnews
theglobeandmail thestar nationalpost macleans abc smh theage theaustralian news nzherald stuff scmp japantimes asahi mainichi yomiuri nikkei koreaherald straitstimes channelnewsasia bangkokpost thehindu
hindustantimes indiatimes indianexpress ndtv deccanherald livemint scroll thewire dawn aljazeera haaretz jpost timesofisrael arabnews thenationalnews mg iol dailymaverick nation vanguardngr punchng
spiegel zeit faz sueddeutsche welt taz tagesspiegel handelsblatt stern focus bild tagesschau zdf deutschlandfunk ndr wdr heise golem netzpolitik nzz tagesanzeiger srf derstandard diepresse orf lemonde lefigaro
liberation leparisien lexpress nouvelobs lepoint francetvinfo rfi france24 20minutes ouest-france mediapart radio-canada lapresse ledevoir lesoir rtbf elpais elmundo abc lavanguardia elperiodico eldiario
rtve clarin lanacion infobae pagina12 eluniversal milenio reforma emol latercera eltiempo elespectador folha uol globo estadao publico expresso dn jn observador repubblica corriere lastampa ilsole24ore
ansa rai ilpost nrc volkskrant trouw telegraaf nos nu dn svd aftonbladet svt nrk vg aftenposten dr politiken berlingske yle hs gazeta wyborcza rp onet ria tass kommersant vedomosti meduza lenta rbc
constructiondive mprnews grist foreignpolicy foreignaffairs nikkeiasia csmonitor rollcall snopes politifact fivethirtyeight semafor theinformation cointelegraph coindesk
""")
GROUP_WORDS = _words("""
administration agency agencia agence ai alliance amt association asociación authority bank bibliothek board bundesamt bundesministerium bundesregierung bureau center centre centro coalition collaboration comisión commission committee community
company congress conseil consortium contributors corp corporation council court department developers direction division editors europe european facebook federation fondation forum foundation fundación fund gemini google government group gruppe
inc initiative inquiry inserm institut institute instituto institution international kommission lab labs laboratories laboratory league llc meta microsoft ministère ministerio ministerium ministry mission museum nasa nations network nvidia
observatory oecd office openai organisation organization panel parliament parti party police program programme project rat royal school secretariat senate service services société society staff statistics stiftung studio task team
technologies trust unesco unicef union united universidad università universität university unit verband verein who worldbank
""")
ROLE_WORDS = _words(
    "ed eds edited editor editors hrsg hg herausgegeben hgg dir coord coords ds éd éds org orgs red redaktion a.c.d curatore cura cur compiler comp trans transl translated translator translation übers übersetzt traduit trad traducción tr vert"
)
IN_WORDS = _words("in en em dans w i im nel ds")
NUMBER_WORDS = _words(
    "vol vols volume volumes bd bde band jg jahrgang tome tom t tomo v no nos nr num núm number heft h issue iss fasc n p pp pg page pages s seiten seite pág págs ch chap chapter kap kapitel ff art article suppl part pt rep report"
)
EDITION_WORDS = _words(
    "edition edn aufl auflage éd édition edición edição edizione ed rev revised überarb überarbeitete erw erweiterte bearb durchges revidierte reprint repr nachdr nachdruck 1st 2nd 3rd 4th 5th 6th 7th 8th 9th second third fourth fifth updated expanded uitg druk upplagan"
)
GENRE_WORDS = _words("""
thesis dissertation diss phd ph.d doctoral master's masters master bachelor magisterarbeit habil habilitationsschrift habilitation diplomarbeit masterarbeit thèse tesis tese mémoire doctorat dissertação tesi technical tech report rep working paper papers
discussion preprint unpublished manuscript forthcoming press submitted accepted draft mimeo manuscrito review rezension online internet blog post video film podcast tweet software computer program dataset data set code repository interview lecture talk poster
presentation slides speech press release white memo memorandum patent standard documentation model card website web page print kindle ebook audiobook dvd cd-rom brochure pamphlet photograph painting personal communication email letter lecture notes handout
""")
MONTHS = _words("""
jan january janvier januar enero janeiro gennaio styczeń stycznia januari jänner feb february février februar febrero fevereiro febbraio februari luty lutego mar march mars märz marzo março maart marzec marca apr april avril abril aprile kwiecień kwietnia may mai mayo maio
maggio mei maj maja jun june juin juni junio junho giugno czerwiec czerwca jul july juillet juli julio julho luglio lipiec lipca aug august août agosto augustus augusti sierpień sierpnia sep sept september septembre septiembre setembro settembre wrzesień września oct october octobre oktober
okt octubre outubro ottobre październik października nov november novembre noviembre novembro listopad listopada dec december décembre dezember dez diciembre dezembro dicembre grudzień grudnia spring summer autumn fall winter frühjahr sommer herbst printemps été automne hiver easter michaelmas
""")
PARTICLES = _words("van von de der den del della di da dos du la le ten ter zu zur al bin ibn el af av do das mac mc st o'")
AND_WORDS = _words("and und et y e i en och og & ve")
MEETING_WORDS = _words(
    "proc proceedings conference conf symposium symp workshop congress meeting tagung tagungsband kongress konferenz actes atti anais colloque colloquium icml iclr neurips nips cvpr iccv eccv acl emnlp naacl aaai ijcai sigkdd kdd sigir chi www icra iros vldb sigmod icassp interspeech sosp osdi nsdi usenix"
)
ABBREVIATIONS = _words(
    "vol vols no nos nr pp p ed eds hrsg hg dr mr mrs ms prof jr sr inc ltd co corp vs univ dept proc trans int intl conf j cf al bd fig op rev st bros repr aufl übers verl jg s ch chap art fasc ser suppl pt rep tech ann acad sci phys lett math soc am nat med res biol chem appl eng ges u a d h i z b"
) | _words("jan feb mar apr jun jul aug sep sept oct nov dec okt dez")

CLASSES: tuple[tuple[str, frozenset[str]], ...] = (
    ("given", GIVEN_NAMES), ("place", PLACES), ("publisher", PUBLISHER_WORDS), ("journal", JOURNAL_WORDS), ("media", MEDIA_WORDS), ("group", GROUP_WORDS),
    ("role", ROLE_WORDS), ("in", IN_WORDS), ("number", NUMBER_WORDS), ("edition", EDITION_WORDS), ("genre", GENRE_WORDS), ("month", MONTHS),
    ("particle", PARTICLES), ("and", AND_WORDS), ("meeting", MEETING_WORDS),
)  # fmt: skip
_PARTS = re.compile(r"[-‐'’]")


@lru_cache(maxsize=50_000)
def classes(word: str) -> tuple[str, ...]:
    """Return the classes that a word in lower case belongs to, by itself or by its first part."""
    first = _PARTS.split(word, maxsplit=1)[0]
    return tuple(name for name, members in CLASSES if word in members or (first in members and len(first) > 3))


def is_press(name: str) -> bool:
    """Whether a name is that of a known newspaper or magazine: The Economist, New Scientist."""
    letters = re.sub(r"[\W_]", "", name.lower())
    return letters in PRESS_SITES or letters.removeprefix("the") in PRESS_SITES
