"""What stands before a page: checks for robots, logins, consent, regions, browsers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

CHALLENGE = re.compile(
    r"""just\s+a\s+moment|attention\s+required|checking\s+(?:if\s+the\s+site|your\s+browser)|verify(?:ing)?\s+(?:that\s+)?you\s+are\s+(?:a\s+)?human|are\s+you\s+a\s+(?:robot|human)
    |(?:please\s+)?enable\s+(?:js|javascript)\s+(?:and\s+(?:cookies|disable)|to\s+(?:proceed|continue))|access\s+(?:to\s+this\s+page\s+has\s+been\s+)?denied|request\s+unsuccessful|pardon\s+our\s+interruption|bot\s+(?:verification|detection)
    |security\s+(?:check|verification)|making\s+sure\s+you['’]re\s+not\s+a\s+bot|ddos\s+protection|unusual\s+traffic|robot\s+or\s+human|complete\s+the\s+captcha|one\s+more\s+step|human\s+verification
    |rate\s+limit\s+exceeded|too\s+many\s+requests|you\s+are\s+(?:now\s+)?in\s+line|virtual\s+(?:queue|waiting\s+room)
    |подтвердите,?\s+что\b.{0,40}\bробот|вы\s+не\s+робот|ви\s+не\s+робот|تأكد\s+من\s+أنك\s+إنسان|لست\s+روبوت|δεν\s+είστε\s+ρομπότ|שאינ(?:כם|ך)\s+רובוט|ربات\s+نیستید|रोबोट\s+नहीं|är\s+(?:en\s+)?människa|inte\s+är\s+en\s+robot|nem\s+robot|không\s+phải\s+(?:là\s+)?(?:robot|người\s+máy)|ไม่ใช่หุ่นยนต์|êtes[- ]vous\s+un\s+(?:robot|humain)|sind\s+sie\s+ein\s+(?:roboter|mensch)|kein\s+roboter\s+sind|no\s+(?:eres|soy|es)\s+un\s+robot|não\s+(?:é|sou)\s+um\s+robô
    |non\s+sei\s+un\s+robot|geen\s+robot\s+bent|nie\s+jeste[śm]\s+robotem|画像認証|ロボットでは(?:ない|ありません)|(?:您|你)(?:不是|是否为)机器人|安全验证|人机验证|로봇이\s*아닙니다|robot\s+olmadığınızı
    |request\s+(?:is\s+being\s+verified|rejected)|your\s+support\s+id\s+is|you\s+are\s+not\s+a\s+bot|one\s+moment,?\s+please
    |mak(?:e|ing)\s+sure\s+you(?:['’]re|\s+are)\s+not\s+an?\s+(?:ro)?bot|radware\s+bot\s+manager|robot\s+challenge|access\s+blocked|web\s+page\s+blocked
    |verificando\s+que\s+(?:usted\s+)?es\s+(?:un\s+)?(?:ser\s+)?humano|vérification\s+que\s+vous\s+n['’]êtes\s+pas|проверяем\s+ваш\s+браузер|zugriff\s+(?:verweigert|gesperrt)|accès\s+(?:refusé|bloqué)|acceso\s+denegado|accesso\s+negato
    |you\s+have\s+been\s+blocked|performing\s+security|client\s+challenge""",
    re.IGNORECASE | re.VERBOSE,
)
# Where checks for robots live that a site sends its readers to.
WALL_HOSTS = frozenset(
    "validate.perfdrive.com geo.captcha-delivery.com challenges.cloudflare.com captcha.perimeterx.net newassets.hcaptcha.com queue-it.net".split()
)
WALL_ADDRESS = re.compile(r"^www\.google\.[a-z.]{2,6}/sorry/|/cdn-cgi/challenge-platform/|/_Incapsula_Resource", re.IGNORECASE)
WALL_SIGNALS = frozenset(
    {
        "cloudflare-challenge",
        "akamai-denied",
        "datadome",
        "incapsula",
        "perimeterx",
        "anubis",
        "aws-waf",
        "linkedin-authwall",
        "fastly-challenge",
        "kasada",
        "siteground-challenge",
        "wordfence",
    }
)
WALL_HEADERS = (
    ("cf-mitigated", "", "Cloudflare"),
    ("x-datadome", "", "DataDome"),
    ("x-amzn-waf-action", "", "AWS WAF"),
    ("x-iinfo", "", "Incapsula"),
    ("server", "akamaighost", "Akamai"),
    ("server", "cloudflare", "Cloudflare"),
    ("server", "ddos-guard", "DDoS-Guard"),
    ("server", "sucuri", "Sucuri"),
)
LOGIN = re.compile(
    r"\b(?:sign|log)[\s-]*in\b|\blogin\b|\bauthentication\s+required\b|\bmembers\s+only\b|\banmelden\b|\beinloggen\b|\bse\s+connecter\b|\bconnexion\b|\biniciar\s+sesi[oó]n\b|\binloggen\b|\blogga\s+in\b|\bacceder\b|\baccedi\b|\bentrar\b|\bkirjaudu\b|\bprihlásiť\b|\bpřihlásit\b|\bzaloguj\b|\bbejelentkez\w+|\bвойти\b|\bвход\b|\bувійти\b|\bgiriş\s+yap\b|\bσύνδεση\b|\blogg\s+inn\b|\blog\s+ind\b|\bautentificare\b|\bprijava\b"
    r"|đăng\s+nhập|\bmasuk\b|تسجيل\s+الدخول|התחבר|เข้าสู่ระบบ|ログイン|登录|登入|로그인",
    re.IGNORECASE,
)
LOGIN_ADDRESS = re.compile(
    r"(?:^|[/.?&=-])(?:login|log-in|signin|sign-in|sign_in|sso|oauth2?|authorize|authwall|auth|cas|shibboleth|idp|saml2?|wayf|accounts?/(?:login|signin)|session/new|checkpoint|subscribe|paywall|registrierung|register)(?:$|[/.?&=_-])|cookieabsent|returnurl=",
    re.IGNORECASE,
)
MEMBERS = re.compile(
    r"\bsubscribe\s+to\s+(?:read|continue|view|unlock)|\b(?:for\s+)?(?:subscribers|members)\s+only\b|\bthis\s+(?:group|page|content|account|profile|document|site|wiki|channel|board)\s+is\s+private\b|\bprivate\s+(?:group|page|site|account)\b\W*$|only\s+members\s+can|\byou\s+need\s+(?:access|permission)|\brequest\s+access\b"
    r"|nur\s+für\s+(?:abonnenten|mitglieder)|réservé\s+aux\s+(?:abonnés|membres)|s[oó]lo\s+para\s+(?:suscriptores|socios|miembros)|solo\s+per\s+(?:abbonati|soci)",
    re.IGNORECASE,
)
CONSENT = re.compile(
    r"before\s+you\s+continue|we\s+value\s+your\s+privacy|we\s+care\s+about\s+your\s+privacy|(?:cookie|privacy)\s+(?:consent|settings|preferences)|manage\s+(?:your\s+)?consent|zustimmung|consentement|avant\s+de\s+continuer|bevor\s+sie\s+(?:fortfahren|zu)|mit\s+werbung\s+(?:nutzen|lesen|weiter)|pur-abo|akzeptieren\s+und\s+weiter|accept\s+and\s+continue|accepter\s+et\s+continuer|aceptar\s+y\s+continuar|accetta\s+e\s+continua",
    re.IGNORECASE,
)
CONSENT_ADDRESS = re.compile(
    r"(?:^|[/.])(?:consent|cookiewall|cookie-wall|privacy-gate|gdpr|myprivacy|privacywall|cmp)(?:$|[/.?-])", re.IGNORECASE
)
TERMS_ADDRESS = re.compile(
    r"/(?:terms|eula|disclaimer|agreement|nutzungsbedingungen|age[-_]?(?:gate|check|verification))(?:[-_/.?]|$)", re.IGNORECASE
)
# What follows where the question is who asks, and not what is asked for.
REGION = re.compile(
    r"(?:not|n['’]t|un)\s*available\s+(?:in|from|to\s+(?:visitors|users|readers)\s+(?:in|from))\s+(?:your|this|the|most)\s+(?:current\s+)?(?:country|region|location|area|territory|european)"
    r"|(?:country|region|location)\s+is\s+not\s+supported|blocked\s+in\s+your\s+(?:country|region)|in\s+(?:deinem|ihrem)\s+land\s+nicht\s+verfügbar|pas\s+disponible\s+dans\s+votre\s+(?:pays|région)"
    r"|no\s+(?:está\s+)?disponible\s+en\s+(?:tu|su)\s+(?:país|región)|お住まいの地域から|해당\s+국가에서는|internet\s+positif|451:?\s+unavailable\s+(?:due\s+to|for)\s+legal",
    re.IGNORECASE,
)
UNSUPPORTED = re.compile(
    r"browser\s+(?:is\s+)?(?:not\s+supported|unsupported|out\s*dated)|unsupported\s+browser|(?:enable|requires?|needs?)\s+javascript|javascript\s+(?:is\s+)?(?:required|disabled)|upgrade\s+your\s+browser",
    re.IGNORECASE,
)
# What stands on a page that every address of a site shows, where it is a gate or trouble, and no page about something missing.
GATES: Mapping[str, re.Pattern[str]] = {
    "trouble": re.compile(
        r"try\s+again\s+(?:later|in\s)|too\s+many\s+(?:visitors|requests)|overload|(?:went|gone)\s+wrong|critical\s+error|fatal\s+error|database\s+(?:error|connection)|connection\s+refused|internal\s+(?:server\s+)?error"
        r"|temporar(?:y|il)|später\s+(?:noch\s+einmal|erneut|wieder)|réessayer|plus\s+tard|más\s+tarde|riprova|più\s+tardi|tente\s+novamente|mais\s+tarde|later\s+opnieuw|försök\s+igen|попробуйте|позже|しばらく|稍[后後]|잠시\s*후",
        re.IGNORECASE,
    ),
    "robots": re.compile(
        r"\brobots?\b|captcha|\bbots?\b|\bhumans?\b|verif(?:y|ying|ication)|(?:your|checking)\s+browser|security\s+(?:check|service|reasons)|unusual|suspicious|block(?:ed|iert|erad)|access\s+(?:denied|blocked|to\s+this)|give\s+you\s+access|denied|forbidden|firewall|client\s+challenge|\bip[ -](?:address|adresse)"
        r"|gesperrt|verweigert|sicherheitsgründe|menschen?\s+sind|vérifi|bloquée?|refusé|verificando|bloquead[oa]|denegado|ser\s+humano|bloccat[oa]|negato|umano|robô|geblokkeerd|робот|ваш\s+браузер|доступ\s+(?:к|запрещ|огранич|заблок)|заблокир|ロボット|ブロック|验证|驗證|机器人|機器人|访问被|로봇|차단|engellendi|doğrulan|zablokowan|weryfik|ověřuj|إنسان|روبوت|حظر\s+الوصول|الوصول\s+مرفوض|άνθρωπος|ρομπότ|σφάλμα\s+πρόσβασης|רובוט|הגישה\s+(?:נחסמה|נדחתה)|ربات|دسترسی|रोबोट|प्रवेश\s+निषेध|människa|åtkomst\s+nekad|hozzáférés\s+megtagadva|доступ\s+заборонено|ไม่อนุญาต|หุ่นยนต์|bị\s+từ\s+chối|アクセスが拒否|地域からは|이용할\s+수\s*없|akses\s+(?:diblokir|ditolak)|adgang\s+nægtet|pääsy\s+(?:estetty|kielletty)|erişim\s+engellendi|přístup\s+(?:odepřen|zamítnut)|odmowa\s+dostępu|toegang\s+geweigerd|acesso\s+negado",
        re.IGNORECASE,
    ),
    "login": re.compile(
        r"\b(?:sign|log)[ -]?in\s+(?:to|with|or|for)\b|\bregister\s+(?:to|for|now|or)\b|free\s+account|(?:need|request|ask\s+for)\s+access|\bsubscri(?:be\s+(?:to|for|now|or)|bers?\b|ption)|members?\s+only|nur\s+für\s+mitglieder|не\s+авторизован|пожалуйста,?\s+войдите|institution|(?:university|campus|library)\s+network|access\s+restricted|anmelden|registrieren|registrierung|abonnier|connectez|s['’]abonner|s['’]inscri|inicia(?:r)?\s+sesi|suscr[ií]b|regístr|abbonat|registrati|assine\b"
        r"|inloggen|logga\s+in|logg\s+inn|войти|зарегистр|подпис|ログイン|会員|登录|登入|注册|로그인|회원|συνδεθείτε|είσοδος\s+μελών|تسجيل\s+الدخول|כניסה\s+לחברים|התחבר|anmeldung\s+erforderlich|melden\s+sie\s+sich\s+an|acceso\s+restringido|inicie\s+sesi|увійдіть|zaloguj|přihlaste|jelentkezzen|đăng\s+nhập|เข้าสู่ระบบ|giriş\s+yap|kirjaudu|masuk\s+untuk",
        re.IGNORECASE,
    ),
    "consent": re.compile(
        r"\bcookies?\s+(?:to|are|and|must|in\s+your)\b|(?:enable|accept|allow)\s+(?:all\s+)?cookies|\bconsent|your\s+(?:privacy|data|choices?)\b|vos\s+données|votre\s+choix|datenschutz|einwilligung|consentimiento|privacidad|\bconsenso\b|age\s+(?:verification|check|gate)|years?\s+(?:old|of\s+age)|old\s+enough|jahre\s+alt|\bmajeure?\b|mayor\s+de\s+edad|maggiorenne"
        r"|guest\s+wi-?fi|wi-?fi\s+(?:access|network)|terms\s+(?:of\s+use|and\s+conditions|of\s+service)|(?:select|choose)\s+(?:your|a)\s+(?:language|country|region)|sprache\s+wählen|choisissez\s+(?:votre\s+)?langue|elija\s+(?:su\s+)?idioma|scegli\s+la\s+lingua",
        re.IGNORECASE,
    ),
}
