"""What pages say that are not the page: in their own words, as data.

A phrase is looked for in the title, the heading and the beginning of the visible text of a short page;
alone it proves nothing (an article about 404s says 404), see `judge`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_NOT_FOUND = re.compile(
    r"""
    \b(?:page|article|content|document|file|item|resource|story|post|url|video|job|product|entry|record|publication|presentation)\b[^.!?]{0,40}?
        \b(?:not\s+found|(?:can(?:no|['’])t|could\s*n(?:o|['’])t|could\s+not)\s+be\s+(?:found|located|displayed)|does\s+not\s+exist|does\s*n['’]t\s+exist|doesn['’]t\s+exist
        |no\s+longer\s+(?:exists?|available|active|online|here|offered|sold|published|hosted|accessible)|is(?:\s+not|n['’]t)\s+(?:available|here|there)(?:\s+any\s*more)?|(?:has|have)\s+(?:expired|been\s+(?:removed|deleted|moved|withdrawn|taken\s+down|unpublished|archived\s+and\s+removed|discontinued))
        |was\s+(?:removed|deleted|not\s+found|unpublished)|(?:is|are)\s+missing|unavailable)
    |\b(?:topic|thread|course|event|listing|profile|repository|project|dataset|photo|book|program(?:me)?|episode|recording|recipe|paper|report|publication|address|question|collection|exhibition)
        \b[^.!?]{0,40}?\b(?:not\s+found|does\s+not\s+exist|does\s*n['’]t\s+exist|no\s+longer\s+(?:exists?|available|online|offered|published|hosted)|(?:has|have)\s+(?:expired|been\s+(?:removed|deleted|withdrawn|unpublished|discontinued)))
    |^\W*(?:this\s+)?(?:page|article|content|document|file|story|post|video|record|listing|product)\s+(?:was\s+|has\s+been\s+)?(?:removed|deleted|withdrawn|unpublished|expired)\b
    |\b(?:page|article|content|document|file|story|post|video|record|listing|product|presentation|slides?|playlist|gallery|track|review|comment|blog|channel|user|account|app|map|lesson|album|petition|survey|repository|project|dataset|photo|book|recipe|profile|entry)
        \s+(?:is\s+no\s+longer\s+(?:available|online|public)|(?:has\s+been|was|is)\s+(?:removed|deleted|disabled|unpublished|withdrawn|taken\s+down|made\s+private))(?:\s+by\s+(?:its|the|their)\s+(?:author|owner|user|uploader|publisher|editors?|administrators?))?
    |\b(?:author|owner|user|uploader|publisher)\s+(?:has\s+)?(?:deleted|removed|unpublished|withdrew|withdrawn|closed)\s+(?:this|the|their)\s+\w+
    |nothing\s+(?:was\s+found\s+that\s+)?match(?:ed|es)\s+your\s+(?:search|query|criteria)|search(?:\s+results)?\b[^.]{0,80}\b0\s+results\b|^\W*(?:0\s+results|not\s+found)\W*$
    |(?:page|article|content|story|post|document|video|product|item|listing)\s+(?:not|no\s+longer)\s+available|link\s+(?:has\s+expired|is\s+no\s+longer\s+valid)|nothing\s+here\s+any\s*more
    |invalid\s+(?:thread|post|forum|user|topic|article|page)\s+specified|(?:requested\s+)?(?:topic|thread|post|member|user)\s+(?:you\s+requested\s+)?(?:does\s+not|doesn['’]t)\s+exist
    |(?:can(?:no|['’])t|could\s*n['’]t|could\s+not|unable\s+to|cannot)\s+(?:find|locate|be\s+found)\s+(?:the|that|this|what|your|any)\b
    |can(?:no|['’])t\s+seem\s+to\s+find|(?:service|site|website|project)\s+(?:has\s+been|was)\s+(?:shut\s+down|discontinued|closed)
    |\S+\.(?:wordpress|blogspot|tumblr)\.com\s+(?:doesn['’]t|does\s+not|no\s+longer)\s+exists?|there\s+is\s+nothing\s+at\s+this\s+address|(?:topic|page|entry)\s+does\s+not\s+exist\s+yet|\bno\s+(?:page|article|entry)\s+(?:(?:with|of|by)\s+(?:this|that)\s+(?:name|title)|called|named)|search\s+(?:yielded|returned|gave)\s+no\s+results?
    |there\s+is\s+(?:currently\s+)?no\s+text\s+in\s+this\s+page|isn['’]t\s+here\s+any\s*more|(?:page|article|story)\s+(?:has\s+|seems\s+to\s+have\s+)?(?:wandered|gone\s+missing|vanished|disappeared)|nothing\s+to\s+see\s+here
    |seite\s+gibt\s+es\s+nicht|n['’]avons\s+pas\s+trouvé|такой\s+страницы\s+нет|(?:文章|网页|網頁)不存在|ページは(?:存在しない|ありません)
    |^\W*nothing\s+(?:was\s+)?found\W*$|nothing\s+(?:was\s+)?found\s+(?:at|here|for)|no\s+(?:results?|page|article|posts?)\s+(?:was\s+|were\s+)?found
    |\b(?:error\s*[:#-]?\s*)?40[04]\b\s*(?:[-–—:|]\s*)?(?:error|not\s+found|page|seite|página)|\berror\s*[:#-]?\s*40[04]\b|\bhttp\s+(?:error\s+)?404\b|^\s*404\s*[.!]?\s*$
    |\bpage\s+(?:you\s+(?:are|were)\s+)?(?:looking\s+for|requested)\b[^.]{0,60}(?:not|moved|removed|gone|exist)
    |(?:looking\s+for|requested)\b[^.]{0,40}\b(?:no\s+longer|not\s+(?:exist|available|be\s+found)|moved\s+or\s+(?:deleted|removed))
    |this\s+(?:page|site|content|account)\s+(?:is\s+)?(?:gone|unavailable|suspended|isn['’]t\s+available)|link\s+(?:is|may\s+be)\s+(?:broken|dead|expired)
    |(?:sorry|oops|whoops|uh[ -]?oh)[,!.…]*\s+(?:that|this|the|we)\b[^.]{0,60}(?:not|n['’]t|no\s+longer|lost|gone|missing)\b(?!\s+an?\s+(?:ro)?bot)
    |seite\s+(?:wurde\s+)?(?:leider\s+)?nicht\s+(?:gefunden|mehr\s+(?:verfügbar|vorhanden)|vorhanden|verfügbar)|nicht\s+gefunden\s+werden|nicht\s+mehr\s+(?:online|abrufbar|auffindbar)|depubliziert|(?:wurde|ist)\s+(?:leider\s+)?(?:gelöscht|entfernt)|existiert\s+(?:leider\s+)?nicht(?:\s+mehr)?|nicht\s+mehr\s+verfügbar
    |page\s+(?:est\s+)?introuvable|n['’]existe\s+(?:pas|plus)|page\s+non\s+trouvée|n['’]est\s+plus\s+(?:disponible|en\s+ligne|accessible|publiée?)|(?:contenu|article|document)\s+(?:introuvable|indisponible|expiré|supprimé)|a\s+été\s+(?:supprimée?|déplacée?)|n['’]a\s+pas\s+été\s+trouvée?
    |página\s+no\s+(?:encontrada|existe|disponible)|no\s+(?:se\s+)?(?:existe|ha\s+(?:sido\s+)?encontrad[oa]|encuentra|encontr(?:ó|amos))|ya\s+no\s+(?:existe|est[áa]\b)|que\s+busc[aá]s\s+(?:no|ya)|no\s+se\s+pudo\s+encontrar
    |página\s+não\s+(?:foi\s+)?encontrada|não\s+(?:foi\s+)?(?:encontramos|encontrad[oa]|existe|está\s+(?:mais\s+)?disponível)
    |pagina\s+non\s+(?:è\s+stata\s+)?(?:trovata|esiste|disponibile)|non\s+(?:è\s+(?:stata?\s+)?(?:trovat[oa]|disponibile|più\s+disponibile)|esiste(?:\s+più)?)
    |pagina\s+(?:is\s+)?niet\s+(?:gevonden|beschikbaar)|niet\s+(?:worden\s+)?gevonden|bestaat\s+niet(?:\s+meer)?|helaas\s+niet
    |sidan\s+(?:kunde\s+inte\s+hittas|finns\s+inte|hittades\s+inte)|kunde\s+inte\s+hittas|siden\s+(?:blev\s+ikke|ble\s+ikke|kunne\s+ikke|findes\s+ikke|finnes\s+ikke|eksisterer\s+ikke)|ikke\s+fundet|ikke\s+funnet
    |sivua\s+ei\s+(?:löyt\w+|ole)|ei\s+löydy|nie\s+(?:została\s+)?(?:znalezion[aoy]|istnieje)|strona\s+nie\s+istnieje|stránka\s+(?:nebyla\s+nalezena|neexistuje)|nenalezena|nem\s+található
    |pagina\s+nu\s+(?:a\s+fost\s+găsită|există)|sayfa\s+bulunamadı|bulunamadı|η\s+σελίδα\s+δεν\s+(?:βρέθηκε|υπάρχει)|δεν\s+βρέθηκε
    |страниц[аы]\s+не\s+(?:найден[аы]?|существует)|не\s+найден[ао]?|сторінк[аиу]\s+не\s+(?:знайдено|існує)|не\s+знайдено
    |ページが見つかり|見つかりません|お探しのページ|存在しません|削除された可能性|页面不存在|找不到(?:页面|该页|您|网页)|頁面不存在|找不到(?:網頁|頁面)|页面未找到|您访问的页面|(?:内容|页面|頁面|文章)(?:已(?:被)?(?:删除|刪除|下线)|不存在)|掲載(?:期間|を)?(?:は|が)?終了|公開(?:期間)?(?:は|が|を)終了|公開を終了|削除されました|ページは移動
    |페이지를\s*찾을\s*수\s*없|존재하지\s*않|삭제(?:되었|된\s*(?:페이지|게시물|글))|찾을\s*수\s*없습니다|ไม่พบ(?:หน้า|เพจ|เนื้อหา)|(?:पृष्ठ|पेज)\s+नहीं\s+मिला|পাওয়া\s+যায়নি|(?:(?:bài\s+viết|trang|nội\s+dung)\s+(?:này\s+)?)?không\s+(?:tìm\s+thấy|tồn\s+tại)(?:\s+hoặc\s+đã\s+bị\s+xóa)?|đã\s+bị\s+xóa
    |الصفحة\s+(?:\S+\s+){0,3}?غير\s+(?:موجودة|متوفرة|متاحة)|(?:لم\s+يتم|تعذر|لم\s+نتمكن\s+من)\s+العثور|صفحه(?:\s+\S+){0,3}?\s+(?:یافت|پیدا)\s+نشد|(?:הדף|העמוד)(?:\s+(?:המבוקש|שחיפשת))?\s+(?:לא\s+(?:נמצא|קיים)|אינו\s+קיים)
    |(?:halaman|artikel)\s+tidak\s+(?:ditemukan|tersedia|dijumpai|wujud)|tidak\s+(?:ditemukan|dijumpai)|mevcut\s+değil|yayından\s+kaldırıl\w+|страницата\s+не\s+(?:е\s+намерена|съществува)|(?:stranica|strana|страница|страна)\s+(?:\S+\s+){0,2}?(?:nije\s+(?:pronađena|dostupna|nađena)|ne\s+postoji|није\s+(?:пронађена|доступна)|не\s+постоји)
    |stran(?:i)?\s+(?:ne\s+obstaja|ni\s+(?:bilo\s+)?mogoče\s+najti|ni\s+bila\s+najdena)|stránka\s+(?:sa\s+nenašla|nebola\s+nájdená)|už\s+nie\s+je\s+dostupn\w+|již\s+není\s+(?:dostupn\w+|k\s+dispozici)|nem\s+(?:létezik|elérhető)|(?:leht[ei]|lehekülge)\s+ei\s+leitud|lapa\s+nav\s+atrasta|puslapis\s+(?:nerastas|neegzistuoja)|síða(?:n)?\s+fannst\s+ekki
    |steh(?:t|en)\s+(?:leider\s+)?nicht\s+mehr\s+zur\s+verfügung|página\s+inexistente|ya\s+no\s+figura|rien\s+(?:n['’]a(?:it)?\s+été\s+)?trouvé|^\W*aucun\s+résultat|\bchyba\s+404|\bfehler\s+404|\berreur\s+404|\berrore\s+404|\bblad\s+404|\bbłąd\s+404|\bошибка\s+404|\bfel\s+404|\bfout\s+404|\berro\s+404
    |\b(?:dieser|diese|dieses)\s+\w+\s+(?:wurde|ist)\s+(?:leider\s+)?(?:vom\s+\w+\s+)?(?:gelöscht|entfernt|zurückgezogen|deaktiviert)
    |\bcet(?:te)?\s+\w+\s+a\s+été\s+(?:supprimée?|retirée?|dépubliée?|effacée?)(?:\s+par\s+(?:son|sa|l['’])\s?\w+)?|\best[ea]\s+\w+\s+(?:ha\s+sido|fue|foi)\s+(?:eliminad|borrad|retirad|removid|exclu[ií]d|apagad)[oa](?:\s+(?:por|pel[oa])\s+(?:su\s+)?\w+)?
    |(?:contenuto|articolo|pagina|video|documento)\s+(?:è\s+stat[oa]\s+)?(?:rimoss|eliminat|cancellat)[oa]|\b(?:dit|deze)\s+\w+\s+is\s+(?:door\s+\w+\s+\w+\s+)?(?:verwijderd|offline\s+gehaald)
    |(?:запись|статья|страница|публикация|материал|видео)\s+(?:был[аои]?\s+)?удал[её]н[аоы]?|(?:该|此|這個|这个)?(?:内容|內容|文章)已被[^。]{0,6}(?:删除|刪除)|サイトは閉鎖|(?:wpis|artykuł|strona|film)\s+został[aoy]?\s+usunięt[yaeo]
    |(?:článek|stránka|příspěvek|článok)\s+(?:byl[aoy]?|bol[aoi]?)\s+(?:smazán|odstraněn|odstránen)[aoyý]?|(?:inlägget|artikeln|sidan)\s+(?:har\s+)?(?:tagits\s+bort|raderats|är\s+borttagen)|(?:artiklen|artikkelen|indlægget|innlegget)\s+er\s+(?:blevet\s+|blitt\s+)?(?:slettet|fjernet)|تم\s+حذف\s+هذ[اه]
    |pàgina\s+no\s+(?:trobada|existeix|s['’]ha\s+trobat)|no\s+s['’]ha\s+trobat|páxina\s+non\s+(?:atopada|existe)|orria\s+ez\s+da\s+(?:aurkitu|existitzen)|tudalen\s+heb\s+ei\s+chanfod|ukurasa\s+haujapatikana
    """,
    re.IGNORECASE | re.VERBOSE,
)


@lru_cache(maxsize=512)  # heading, title and beginning of a page are often the same, and asked for several times
def not_found(text: str) -> re.Match[str] | None:
    """Return the first phrase by which a text says that something is missing."""
    return _NOT_FOUND.search(text)


def share_not_found(text: str) -> float:
    """Return how much of a text such phrases are."""
    return sum(len(match[0].strip()) for match in _NOT_FOUND.finditer(text)) / max(1, len(text))


ERROR_DOCUMENT = re.compile(
    r"[\"'](?:code|status|status_?code|error)[\"']\s*:\s*[\"']?40[04]\b|\bnot[ _]found\b|does\s+not\s+exist|<error\b[^>]{0,80}\bcode=|\bNoSuchKey\b",
    re.IGNORECASE,
)
PARKED = re.compile(
    r"""\b[\w-]+\.(?:com|net|org|info|io|co|eu|de|fr|uk|nl|it|es)\s+is\s+(?:for\s+sale|parked)|domain\s+(?:name\s+)?(?:\S+\s+)?(?:is|may\s+be|might\s+be)\s+(?:for\s+sale|available\s+for\s+(?:purchase|sale))|buy\s+this\s+domain|this\s+(?:web\s*site|domain)\s+is\s+for\s+sale
    |domain\s+(?:is\s+)?parked|parked\s+(?:free|domain|page)|domain\s+(?:\S+\s+)?(?:steht|ist)\s+zu[mr]?\s+verkauf|domain\s+(?:\S+\s+)?zu\s+verkaufen|dominio\s+(?:\S+\s+)?(?:está\s+)?(?:en|a\s+la)\s+venta|domaine\s+(?:\S+\s+)?est\s+(?:à\s+vendre|en\s+vente|expiré)
    |dominio\s+(?:\S+\s+)?è\s+in\s+vendita|domínio\s+(?:\S+\s+)?está\s+à\s+venda|domein(?:naam)?\s+(?:\S+\s+)?is\s+te\s+koop|domena\s+(?:\S+\s+)?(?:jest\s+)?na\s+sprzedaż|домен\s+(?:\S+\s+)?(?:прода[её]тся|припаркован)|domän(?:en)?\s+(?:\S+\s+)?är\s+till\s+salu
    |alan\s+adı\s+satılık|域名(?:正在|可以|可)?(?:出售|转让)|ドメイン(?:は|が)[^。]{0,30}(?:取得されています|販売)|お名前\.com|도메인[^.]{0,20}판매|domain\s+has\s+been\s+(?:registered|parked)\s+(?:at|by|with)
    |related\s+searches|this\s+domain\s+(?:has\s+(?:expired|recently\s+been\s+registered)|was\s+recently\s+registered|name\s+has\s+expired)|inquire\s+about\s+this\s+domain|renew\s+(?:it|this\s+domain)\s+now
    |domaine\s+a\s+bien\s+été\s+créé|doména\s+(?:\S+\s+)?(?:je\s+)?na\s+(?:prodej|predaj)|domän(?:en)?\s+(?:\S+\s+)?är\s+(?:parkerad|registrerad)|domain(?:et|enet)\s+(?:\S+\s+)?er\s+(?:parkeret|parkert|til\s+salgs?)|internetpräsenz\s+wurde\s+gesperrt|hier\s+entsteht\s+eine\s+neue\s+(?:internetpräsenz|webs(?:e)?ite|homepage)|domain\s+(?:wurde|ist)\s+(?:\S+\s+){0,4}registriert|domain\s+registriert|срок\s+оплаты\s+хостинга|сайт\s+(?:временно\s+)?отключ[её]н|домен\s+(?:\S+\s+)?не\s+(?:оплачен|продл[её]н)
    |domain\s+is\s*n['’]t\s+connected\s+to\s+a\s+website|domain\s+(?:name\s+)?(?:has\s+been\s+registered\s+and\s+is\s+parked|(?:is\s+)?registered\s+and\s+parked)|ドメインは(?:有効期限が切れ|期限切れ)|域名已过期
    |make\s+an\s+offer\s+on\s+this\s+domain|get\s+this\s+domain|该域名(?:正在)?出售|ドメインは販売""",
    re.IGNORECASE | re.VERBOSE,
)
DEFAULT_PAGE = re.compile(
    r"""^\s*(?:welcome\s+to\s+nginx|apache2?\s+(?:\w+\s+)?default\s+page|it\s+works!?\s*$|test\s+page\s+for\s+the|iis\s+windows(?:\s+server)?|default\s+web\s*site\s+page|index\s+of\s+/\s*$
    |account\s+suspended|this\s+account\s+has\s+been\s+suspended|web\s*site\s+(?:is\s+)?(?:suspended|disabled)|bandwidth\s+limit\s+exceeded|site\s+(?:is\s+)?under\s+construction
    |plesk\s+default|web\s+server['’]s\s+default\s+page|future\s+home\s+of\s+something|hello\s+world!?\s*$|congratulations!?\s+your\s+(?:web)?site
    |(?:web)?site\s+(?:has\s+)?expired|site\s+not\s+(?:published|found)|this\s+site\s+(?:is\s+not|isn['’]t|has\s+not\s+been)\s+published|no\s+such\s+app|there\s+isn['’]t\s+a\s+github\s+pages\s+site\s+here|unknown\s+domain)""",
    re.IGNORECASE | re.VERBOSE,
)
APOLOGY = re.compile(
    r"^(?:\W*(?:sorry|oops|whoops|uh[ -]?oh|unfortunately|leider|hoppla|entschuldigung|désolée?|oups|lo\s+sentimos|ups|desculpe|ops|siamo\s+spiacenti|helaas|tyvärr|beklager|ľutujeme|bohužel|bohužiaľ|przepraszamy|sajnos"
    r"|извините|к\s+сожалению|на\s+жаль|üzgünüz|申し訳ありません|抱歉|죄송합니다)\b[\s,!.:…–—-]*)+",
    re.IGNORECASE,
)
# A server's own page, which at the root of a site stands in place of the site.
SERVER_PAGE = re.compile(
    r"^\s*(?:welcome\s+to\s+nginx|apache2?\s+(?:\w+\s+)?default\s+page|test\s+page\s+for\s+the\s+(?:apache|nginx)|iis\s+windows|default\s+web\s*site\s+page|plesk\s+default|web\s+server['’]s\s+default\s+page|future\s+home\s+of\s+something)",
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
MEMBERS = re.compile(
    r"\bsubscribe\s+to\s+(?:read|continue|view|unlock)|\b(?:for\s+)?(?:subscribers|members)\s+only\b|\bthis\s+(?:group|page|content|account|profile|document|site|wiki|channel|board)\s+is\s+private\b|\bprivate\s+(?:group|page|site|account)\b\W*$|only\s+members\s+can|\byou\s+need\s+(?:access|permission)|\brequest\s+access\b"
    r"|nur\s+für\s+(?:abonnenten|mitglieder)|réservé\s+aux\s+(?:abonnés|membres)|s[oó]lo\s+para\s+(?:suscriptores|socios|miembros)|solo\s+per\s+(?:abbonati|soci)",
    re.IGNORECASE,
)
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
LOGIN = re.compile(
    r"\b(?:sign|log)[\s-]*in\b|\blogin\b|\bauthentication\s+required\b|\bmembers\s+only\b|\banmelden\b|\beinloggen\b|\bse\s+connecter\b|\bconnexion\b|\biniciar\s+sesi[oó]n\b|\binloggen\b|\blogga\s+in\b|\bacceder\b|\baccedi\b|\bentrar\b|\bkirjaudu\b|\bprihlásiť\b|\bpřihlásit\b|\bzaloguj\b|\bbejelentkez\w+|\bвойти\b|\bвход\b|\bувійти\b|\bgiriş\s+yap\b|\bσύνδεση\b|\blogg\s+inn\b|\blog\s+ind\b|\bautentificare\b|\bprijava\b"
    r"|đăng\s+nhập|\bmasuk\b|تسجيل\s+الدخول|התחבר|เข้าสู่ระบบ|ログイン|登录|登入|로그인",
    re.IGNORECASE,
)
CONSENT = re.compile(
    r"before\s+you\s+continue|we\s+value\s+your\s+privacy|we\s+care\s+about\s+your\s+privacy|(?:cookie|privacy)\s+(?:consent|settings|preferences)|manage\s+(?:your\s+)?consent|zustimmung|consentement|avant\s+de\s+continuer|bevor\s+sie\s+(?:fortfahren|zu)|mit\s+werbung\s+(?:nutzen|lesen|weiter)|pur-abo|akzeptieren\s+und\s+weiter|accept\s+and\s+continue|accepter\s+et\s+continuer|aceptar\s+y\s+continuar|accetta\s+e\s+continua",
    re.IGNORECASE,
)
LOGIN_ADDRESS = re.compile(
    r"(?:^|[/.?&=-])(?:login|log-in|signin|sign-in|sign_in|sso|oauth2?|authorize|authwall|auth|cas|shibboleth|idp|saml2?|wayf|accounts?/(?:login|signin)|session/new|checkpoint|subscribe|paywall|registrierung|register)(?:$|[/.?&=_-])|cookieabsent|returnurl=",
    re.IGNORECASE,
)
CONSENT_ADDRESS = re.compile(
    r"(?:^|[/.])(?:consent|cookiewall|cookie-wall|privacy-gate|gdpr|myprivacy|privacywall|cmp)(?:$|[/.?-])", re.IGNORECASE
)
ERROR_ADDRESS = re.compile(
    r"(?:^|[/_-])(?:404|410|not[-_]?found|page[-_]?not[-_]?found|no[-_]?page|suspendedpage|errorpage|introuvable|pagina-no-encontrada)(?:\.(?:html?|php|aspx?|cgi|jsp))?/?$"
    r"|/(?:errors?|error[-_]?404|expired|removed|deleted|gone|missing|unavailable|fehler|oops)(?:\.(?:html?|php|aspx?|cgi|jsp|png|gif|jpe?g|svg|webp))?/?$|/errors?/\w*/?$",
    re.IGNORECASE,
)
# What follows where the question is who asks, and not what is asked for.
REGION = re.compile(
    r"(?:not|n['’]t|un)\s*available\s+(?:in|from|to\s+(?:visitors|users|readers)\s+(?:in|from))\s+(?:your|this|the|most)\s+(?:current\s+)?(?:country|region|location|area|territory|european)"
    r"|(?:country|region|location)\s+is\s+not\s+supported|blocked\s+in\s+your\s+(?:country|region)|in\s+(?:deinem|ihrem)\s+land\s+nicht\s+verfügbar|pas\s+disponible\s+dans\s+votre\s+(?:pays|région)"
    r"|no\s+(?:está\s+)?disponible\s+en\s+(?:tu|su)\s+(?:país|región)|お住まいの地域から|해당\s+국가에서는|internet\s+positif|451:?\s+unavailable\s+(?:due\s+to|for)\s+legal",
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
        r"\b(?:sign|log)[ -]?in\s+(?:to|with|or|for)\b|\bregister\s+(?:to|for|now|or)\b|free\s+account|(?:need|request|ask\s+for)\s+access|\bsubscri(?:be\s+(?:to|for|now|or)|bers?\b|ption)|members?\s+only|institution|(?:university|campus|library)\s+network|access\s+restricted|anmelden|registrieren|registrierung|abonnier|connectez|s['’]abonner|s['’]inscri|inicia(?:r)?\s+sesi|suscr[ií]b|regístr|abbonat|registrati|assine\b"
        r"|inloggen|logga\s+in|logg\s+inn|войти|зарегистр|подпис|ログイン|会員|登录|登入|注册|로그인|회원|συνδεθείτε|είσοδος\s+μελών|تسجيل\s+الدخول|כניסה\s+לחברים|התחבר|anmeldung\s+erforderlich|melden\s+sie\s+sich\s+an|acceso\s+restringido|inicie\s+sesi|увійдіть|zaloguj|přihlaste|jelentkezzen|đăng\s+nhập|เข้าสู่ระบบ|giriş\s+yap|kirjaudu|masuk\s+untuk",
        re.IGNORECASE,
    ),
    "consent": re.compile(
        r"\bcookies?\s+(?:to|are|and|must|in\s+your)\b|(?:enable|accept|allow)\s+(?:all\s+)?cookies|\bconsent|your\s+(?:privacy|data|choices?)\b|vos\s+données|votre\s+choix|datenschutz|einwilligung|consentimiento|privacidad|\bconsenso\b|age\s+(?:verification|check|gate)|years?\s+(?:old|of\s+age)|old\s+enough|jahre\s+alt|\bmajeure?\b|mayor\s+de\s+edad|maggiorenne"
        r"|guest\s+wi-?fi|wi-?fi\s+(?:access|network)|terms\s+(?:of\s+use|and\s+conditions|of\s+service)|(?:select|choose)\s+(?:your|a)\s+(?:language|country|region)|sprache\s+wählen|choisissez\s+(?:votre\s+)?langue|elija\s+(?:su\s+)?idioma|scegli\s+la\s+lingua",
        re.IGNORECASE,
    ),
}
SEARCH_ADDRESS = re.compile(
    r"(?:^|/)(?:search|suche|recherche|buscar|busca|cerca|ricerca|zoeken|sok|szukaj|site-search)(?:$|[/.])|[?&](?:s|q|query|search|keywords?)=",
    re.IGNORECASE,
)
# Where checks for robots live that a site sends its readers to.
WALL_HOSTS = frozenset(
    "validate.perfdrive.com geo.captcha-delivery.com challenges.cloudflare.com captcha.perimeterx.net newassets.hcaptcha.com queue-it.net".split()
)
WALL_ADDRESS = re.compile(r"^www\.google\.[a-z.]{2,6}/sorry/|/cdn-cgi/challenge-platform/|/_Incapsula_Resource", re.IGNORECASE)
MAINTENANCE = re.compile(
    r"(?:scheduled|under|undergoing|site)\s+maintenance\b(?!\s+(?!until|from|to|in|on|for|mode|page|work|break|please|back|today)[a-z])|down\s+for\s+maintenance|we(?:['’]ll|\s+will)\s+be\s+(?:right\s+)?back|temporarily\s+(?:unavailable|offline)|wartungsarbeiten|en\s+maintenance|en\s+mantenimiento|in\s+manutenzione|em\s+manutenção|メンテナンス",
    re.IGNORECASE,
)
# How a server that runs into trouble begins its page.
BROKEN = re.compile(
    r"^\W*(?:php\s+)?(?:fatal|parse|catchable\s+fatal)\s+error\b|^\W*error\s+establishing\s+a\s+database\s+connection|^\W*there\s+has\s+been\s+a\s+critical\s+error\s+on\s+th|^\W*(?:warning|uncaught\s+\w*(?:error|exception)):\s+\S+.{0,200}\bon\s+line\s+\d",
    re.IGNORECASE,
)
UNSUPPORTED = re.compile(
    r"browser\s+(?:is\s+)?(?:not\s+supported|unsupported|out\s*dated)|unsupported\s+browser|(?:enable|requires?|needs?)\s+javascript|javascript\s+(?:is\s+)?(?:required|disabled)|upgrade\s+your\s+browser",
    re.IGNORECASE,
)
TERMS_ADDRESS = re.compile(
    r"/(?:terms|eula|disclaimer|agreement|nutzungsbedingungen|age[-_]?(?:gate|check|verification))(?:[-_/.?]|$)", re.IGNORECASE
)
RESELLERS = frozenset(
    "hugedomains.com dan.com afternic.com sedo.com atom.com undeveloped.com godaddy.com domainmarket.com buydomains.com brandbucket.com".split()
)
# Marks in the source of a page, in lower case. Every page with few words is searched for all of them, so each begins with letters to jump to.
SIGNALS: Mapping[str, tuple[re.Pattern[bytes], ...]] = {
    name: tuple(map(re.compile, marks))
    for name, marks in {
        "cloudflare-challenge": (rb"/orchestrate/(?:chl|jsch|managed)", rb"_cf_chl_opt", rb"cf[-_](?:browser-verification|captcha_kind)"),
        "akamai-denied": (rb"errors\.edgesuite\.net",),
        "fastly-challenge": (rb"_fs-ch-",),
        "siteground-challenge": (rb"sgcaptcha",),
        "wordfence": (rb"generated by wordfence",),
        "kasada": (rb"/ips\.js\?", rb"kpsdk"),
        "datadome": (rb"captcha-delivery\.com", rb"dd=\{'rt':"),
        "incapsula": (rb"_incapsula_resource", rb"incapsula incident id"),
        "perimeterx": (rb"px-captcha", rb"_pxappid", rb"human-challenge"),
        "anubis": (rb"anubis_challenge", rb"/\.within\.website/x/cmd/anubis"),
        "aws-waf": (rb"awswaf\.com/", rb"aws-waf-token", rb"gokuprops"),
        "captcha": (rb"g-recaptcha", rb"h-captcha", rb"hcaptcha\.com/1", rb"turnstile/v0/api", rb"smartcaptcha", rb"/c(?:heckc)?aptcha"),
        "linkedin-authwall": (rb"window\.location(?:=[\"']| = ')/authwall", rb"/authwall\?trk"),
        "parking": (
            rb"d38psrni17bvxu\.cloudfront\.net", rb"park(?:ingcrew\.net|logic\.com|-?script|ing-?page)", rb"sedo(?:parking\.com|\.com/search/details)", rb"bodis\.com",
            rb"dan\.com/buy-domain", rb"afternic\.com/forsale", rb"hugedomains\.com", rb"img1\.wsimg\.com/parking", rb"above\.com/marketplace", rb"uniregistry",
            rb"skenzo\.com", rb"voodoo\.com", rb"namebright\.com", rb"data-adblockkey", rb"window\.park", rb"location\.href=[\"']/lander[\"']", rb"cashparking",
            rb"domainsponsor\.com",
        ),
        "application": (
            rb"id=(?:[\"'](?:root|app|__next|__nuxt|main-app|application)[\"']|(?:root|app)>)", rb"<app-root", rb"ng-version=", rb"window\.__initial_state__",
            rb"__next_data__",
        ),
        "viewer": (rb"pdf\.viewer\b", rb"viewer\.m?js\b", rb"pdf\.worker", rb"/pdf\.m?js\b"),
        "no-article": (rb"noarticletext",),
        "redirect-trick": (rb"sessionstorage\.redirect", rb"single page apps for github", rb"spa-github-pages", rb"pathsegmentstokeep"),
    }.items()
}  # fmt: skip
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
