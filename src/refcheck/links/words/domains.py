"""What domains show that lapsed, are for sale, or were never set up; and what they are bought for."""

from __future__ import annotations

import re

PARKED = re.compile(
    r"""\b[\w-]+\.(?:com|net|org|info|io|co|eu|de|fr|uk|nl|it|es)\s+is\s+(?:for\s+sale|parked|available\s+for\s+(?:purchase|sale))|domain\s+name\s+(?:has\s+)?expired|domain\s+(?:name\s+)?(?:\S+\s+)?(?:is|may\s+be|might\s+be)\s+(?:for\s+sale|available\s+for\s+(?:purchase|sale))|buy\s+this\s+domain|this\s+(?:web\s*site|domain)\s+is\s+for\s+sale
    |domain\s+(?:is\s+)?parked|parked\s+(?:free|domain|page)|domain\s+(?:\S+\s+)?(?:steht|ist)\s+zu[mr]?\s+verkauf|domain\s+(?:\S+\s+)?zu\s+verkaufen|dominio\s+(?:\S+\s+)?(?:está\s+)?(?:en|a\s+la)\s+venta|domaine\s+(?:\S+\s+)?est\s+(?:à\s+vendre|en\s+vente|expiré)
    |dominio\s+(?:\S+\s+)?è\s+in\s+vendita|domínio\s+(?:\S+\s+)?está\s+à\s+venda|domein(?:naam)?\s+(?:\S+\s+)?is\s+te\s+koop|domena\s+(?:\S+\s+)?(?:jest\s+)?na\s+sprzedaż|домен\s+(?:\S+\s+)?(?:прода[её]тся|припаркован)|domän(?:en)?\s+(?:\S+\s+)?är\s+till\s+salu
    |alan\s+adı\s+satılık|域名(?:正在|可以|可)?(?:出售|转让)|ドメイン(?:は|が)[^。]{0,30}(?:取得されています|販売)|お名前\.com|도메인[^.]{0,20}판매|domain\s+has\s+been\s+(?:registered|parked)\s+(?:at|by|with)
    |related\s+searches|this\s+domain\s+(?:has\s+(?:expired|recently\s+been\s+registered)|was\s+recently\s+registered|name\s+has\s+expired)|inquire\s+about\s+this\s+domain|renew\s+(?:it|this\s+domain)\s+now
    |domaine\s+a\s+bien\s+été\s+créé|doména\s+(?:\S+\s+)?(?:je\s+)?na\s+(?:prodej|predaj)|domän(?:en)?\s+(?:\S+\s+)?är\s+(?:parkerad|registrerad)|domain(?:et|enet)\s+(?:\S+\s+)?er\s+(?:parkeret|parkert|til\s+salgs?)|internetpräsenz\s+wurde\s+gesperrt|hier\s+entsteht\s+eine\s+neue\s+(?:internetpräsenz|webs(?:e)?ite|homepage)|domain\s+(?:wurde|ist)\s+(?:\S+\s+){0,4}registriert|domain\s+registriert|срок\s+оплаты\s+хостинга|сайт\s+(?:временно\s+)?отключ[её]н|домен\s+(?:\S+\s+)?не\s+(?:оплачен|продл[её]н)
    |domain\s+is\s*n['’]t\s+connected\s+to\s+a\s+website|domain\s+(?:name\s+)?(?:has\s+been\s+registered\s+and\s+is\s+parked|(?:is\s+)?registered\s+and\s+parked)|ドメインは(?:有効期限が切れ|期限切れ)|域名已过期
    |make\s+an\s+offer\s+on\s+this\s+domain|get\s+this\s+domain|该域名(?:正在)?出售|ドメインは販売""",
    re.IGNORECASE | re.VERBOSE,
)
RESELLERS = frozenset(
    "hugedomains.com dan.com afternic.com sedo.com atom.com undeveloped.com godaddy.com domainmarket.com buydomains.com brandbucket.com".split()
)
DEFAULT_PAGE = re.compile(
    r"""^\s*(?:welcome\s+to\s+nginx|apache2?\s+(?:\w+\s+)?default\s+page|it\s+works!?\s*$|test\s+page\s+for\s+the|iis\s+windows(?:\s+server)?|default\s+web\s*site\s+page|index\s+of\s+/\s*$
    |account\s+suspended|this\s+account\s+has\s+been\s+suspended|web\s*site\s+(?:is\s+)?(?:suspended|disabled)|bandwidth\s+limit\s+exceeded|site\s+(?:is\s+)?under\s+construction
    |plesk\s+default|domain\s+default\s+page|web\s+server['’]s\s+default\s+page|future\s+home\s+of\s+something|hello\s+world!?\s*$|congratulations!?\s+your\s+(?:web)?site
    |(?:web)?site\s+(?:has\s+)?expired|site\s+not\s+(?:published|found)|this\s+site\s+(?:is\s+not|isn['’]t|has\s+not\s+been)\s+published|no\s+such\s+app|there\s+isn['’]t\s+a\s+github\s+pages\s+site\s+here|unknown\s+domain)""",
    re.IGNORECASE | re.VERBOSE,
)
# A server's own page, which at the root of a site stands in place of the site.
SERVER_PAGE = re.compile(
    r"^\s*(?:welcome\s+to\s+nginx|apache2?\s+(?:\w+\s+)?default\s+page|test\s+page\s+for\s+the\s+(?:apache|nginx)|iis\s+windows|default\s+web\s*site\s+page|plesk\s+default|domain\s+default\s+page|web\s+server['’]s\s+default\s+page|future\s+home\s+of\s+something)",
    re.IGNORECASE,
)
# What domains that lapsed are bought for. A page with such a title is not the cited one, unless the citation speaks of it too.
HIJACKED = re.compile(
    r"""\b(?:casinos?|slots?\s+(?:gacor|online)|slot\s*\d{2,}|judi\s+(?:online|bola)|situs\s+(?:judi|slot|togel)|togel|gacor|poker\s+online|online\s+(?:casino|betting|gambling|slots?)
    |sports?\s*book|sports\s+betting|betting\s+(?:site|odds|tips)|bookmakers?|jackpot|roulette|blackjack|1xbet|bet365|free\s+spins|no\s+deposit\s+bonus|viagra|cialis|levitra|tramadol|escorts?
    |payday\s+loans?|replica\s+watches|essay\s+writing\s+service|xxx|porn\w*|онлайн\s+казино|казино|ставки\s+на\s+спорт|nhà\s+cái|cá\s+cược|xổ\s+số|soi\s+kèo|canlı\s+bahis|kaçak\s+iddaa)\b
    |オンラインカジノ|スーパーコピー|ブランドコピー|博彩|娱乐城|新葡京|百家[乐樂]|老虎机|老虎機|六合彩|카지노|토토사이트|바카라|สล็อต|คาสิโน|บาคาร่า|แทงบอล|พนันออนไลน์""",
    re.IGNORECASE | re.VERBOSE,
)
# Words that only such pages have.
SPAM = re.compile(
    r"slots?\s+gacor|slot\s*\d{2,}|\bgacor\b|situs\s+(?:judi|slot|togel)|\btogel\b|judi\s+(?:online|bola)|1xbet|bet365|\bnhà\s+cái\b|\bsoi\s+kèo\b|canlı\s+bahis|kaçak\s+iddaa|casino\s+siteleri|deneme\s+bonusu"
    r"|新葡京|娱乐城|老虎机|老虎機|六合彩|スーパーコピー|ブランドコピー|オンラインカジノ|토토사이트|바카라|카지노사이트|สล็อต|บาคาร่า|แทงบอล|พนันออนไลน์|казино\s+онлайн|онлайн\s+казино",
    re.IGNORECASE,
)
SALES = re.compile(
    r"\bbonus(?:es)?\b|\bdeposits?\b|sign\s*up|\bregister\b|(?:play|bet|join|order|buy|apply)\s+(?:now|online|today|here)|free\s+spins|no\s+prescription|without\s+(?:a\s+)?prescription|\bcheap(?:est)?\b|lowest\s+price|best\s+(?:online|odds|price)|top\s+\d+|live\s+chat|24/7"
    r"|free\s+(?:shipping|delivery|bets?)|welcome\s+(?:offer|bonus)|jackpots?|\bvip\b|instant\s+(?:approval|cash|payout)|discreet|\bdaftar\b|terpercaya|giriş|\büye\b|депозит|играть|бонус|регистрац|登录|注册|入款|送料無料|最高級|가입|스포츠|đăng\s+ký|khuyến\s+mãi|สมัคร|โบนัส|\bspiele\s+jetzt|\binscription\b|\bregistrati\b",
    re.IGNORECASE,
)
