"""Venues that go by an acronym, and series in which the proceedings of many appear: common knowledge, as data."""

from __future__ import annotations

# acronyms | words that every full name of the venue has | (after "!") words that none has
_TABLE = """
neurips nips | neural information processing systems
icml | international conference machine learning
iclr | learning representations
aistats | artificial intelligence statistics
uai | uncertainty artificial intelligence
colt | learning theory
alt | algorithmic learning theory
aaai | aaai artificial intelligence ! innovative interactive digital
aaai | national conference artificial intelligence
aies | ethics society
ijcai | joint conference artificial intelligence
ijcnn | neural networks
ecai | european conference artificial intelligence
kdd sigkdd | knowledge discovery data mining ! pacific european
kdd sigkdd | knowledge discovery & data mining ! pacific european
pakdd | pacific knowledge discovery
ecmlpkdd pkdd ecml | european machine learning
ecmlpkdd pkdd ecml | machine learning knowledge discovery databases
icdm | conference data mining ! siam knowledge
sdm | siam data mining
wsdm | web search data mining
www thewebconf webconf | world wide web
www thewebconf webconf | web conference
cikm | information knowledge management
sigir | research development information retrieval
ecir | european information retrieval
recsys | recommender systems
cvpr | computer vision pattern recognition ! asian
iccv | international conference computer vision ! pattern asian
eccv | european conference computer vision
eccv | computer vision eccv
accv | asian conference computer vision
accv | computer vision accv
wacv | applications computer vision
bmvc | british machine vision
miccai | medical image computing
icip | image processing
icpr | conference pattern recognition ! computer
acl | association computational linguistics ! findings north european asia empirical joint nations transactions pacific-asia
acl | annual meeting association computational linguistics
naacl | north american association computational linguistics
naacl | nations americas association computational linguistics
eacl | european association computational linguistics
aacl | asia-pacific association computational linguistics
emnlp | empirical methods natural language processing ! findings
coling | computational linguistics conference ! association
conll | natural language learning
lrec | language resources evaluation
tacl | transactions association computational linguistics
cl | computational linguistics ! association conference transactions proceedings international
semeval | semantic evaluation
wmt | machine translation conference
interspeech | speech communication association
icassp | acoustics speech signal processing
asru | speech recognition understanding
icra | robotics automation ! letters
iros | intelligent robots systems
rss | robotics science systems
corl | robot learning
chi | human factors computing
cscw | computer-supported cooperative work
uist | user interface software
facct fat | fairness accountability transparency
sigmod | management data
pods | principles database
vldb pvldb | very large data bases
vldb pvldb | vldb endow
icde | data engineering conference
edbt | extending database technology
sosp | operating systems principles
osdi | operating systems design implementation
nsdi | networked systems design implementation
atc usenix | usenix annual technical conference
fast | file storage technologies
eurosys | european computer systems
eurosys | eurosys
asplos | architectural support programming languages
isca | computer architecture symposium ! high
micro | microarchitecture
hpca | high performance computer architecture
sc | high performance computing networking storage
ppopp | principles practice parallel programming
spaa | parallelism algorithms architectures
pldi | programming language design implementation
popl | principles programming languages
oopsla | object-oriented programming
icfp | functional programming
icse | conference software engineering ! foundations automated empirical
fse esecfse | foundations software engineering
ase | automated software engineering
issta | software testing analysis
msr | mining software repositories
ccs | computer communications security
sp oakland | symposium security privacy
ndss | network distributed system security
usenixsecurity | usenix security
crypto | cryptology crypto
eurocrypt | theory applications cryptographic
asiacrypt | cryptology asiacrypt
stoc | theory computing symposium
focs | foundations computer science
soda | discrete algorithms
icalp | automata languages programming
itcs | innovations theoretical computer science
socg | computational geometry symposium
ec | economics computation
sigcomm | sigcomm
infocom | computer communications conference
imc | internet measurement
mobicom | mobile computing networking
dac | design automation conference
date | design automation test europe
siggraph | computer graphics interactive techniques
tog | transactions graphics
icaps | automated planning scheduling
aamas | autonomous agents
kr | principles knowledge representation
iswc | semantic web conference
jmlr | journal machine learning research ! proceedings
tmlr | transactions machine learning research
ml mlj | machine learning journal
ml mlj | mach learn ! j res trans int conf
jair | journal artificial intelligence research
tpami pami | transactions pattern analysis
ijcv | international journal computer vision
tnnls | transactions neural networks
pnas | national academy sciences
cacm | communications acm
jacm | journal acm
nejm | england journal medicine
bmj | british medical journal
jama | american medical association
plosone | plos one
mlsys sysml | machine learning systems
mlsys sysml | sysml
l4dc | learning dynamics control
chil | health inference learning
clear | causal learning reasoning
automl | automated machine learning
collas | lifelong learning agents
colm | language modeling
prl | physical review letters
prx | physical review x
""".strip()  # fmt: skip

VENUES: tuple[tuple[frozenset[str], tuple[str, ...], frozenset[str]], ...] = tuple(
    (
        frozenset(names.split()),
        tuple(words.partition("!")[0].replace("&", " ").replace("-", " ").split()),
        frozenset(words.partition("!")[2].split()),
    )
    for names, _, words in (line.partition(" | ") for line in _TABLE.splitlines())
)

# Series and publishers that stand where the name of the conference might: they say nothing against it.
SERIES = (
    "lecture notes", "proceedings of machine learning research", "jmlr workshop", "pmlr", "ceur workshop", "communications in computer",
    "acm international conference proceeding", "leibniz international", "lipics", "ieee conference publication", "curran associates",
    "advances in intelligent systems", "ifip advances", "studies in", "springer proceedings", "aip conference", "journal of physics conference",
    "ssrn", "zenodo", "hal", "acm press", "proceedings of the acm on", "openreview",
)  # fmt: skip

PREPRINT_SERVERS = ("arxiv", "corr", "biorxiv", "medrxiv", "chemrxiv", "psyarxiv", "socarxiv", "osf preprints", "preprints org", "research square", "techrxiv", "eartharxiv", "computing research repository", "preprint")  # fmt: skip
