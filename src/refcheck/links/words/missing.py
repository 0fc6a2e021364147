"""How pages, addresses and documents say that something is missing."""

from __future__ import annotations

import re
from functools import lru_cache

_NOT_FOUND = re.compile(
    r"""
    \b(?:page|article|content|document|file|item|resource|story|post|url|video|job|product|entry|record|publication|presentation|account|profile|paste|episode)\b[^.!?]{0,40}?
        \b(?:not\s+found|has\s+expired\s+or\s+was\s+removed(?:\s+by\s+\w+\s+\w+)?|(?:can(?:no|['’])t|could\s*n(?:o|['’])t|could\s+not)\s+be\s+(?:found|located|displayed)|does\s+not\s+exist|does\s*n['’]t\s+exist|doesn['’]t\s+exist
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
    |can(?:no|['’])t\s+seem\s+to\s+find\b[^.!?]{0,60}|(?:service|site|website|project)\s+(?:has\s+been|was)\s+(?:shut\s+down|discontinued|closed)
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
    |steh(?:t|en)\s+(?:leider\s+)?nicht\s+mehr\s+zur\s+verfügung|no\s+hem\s+trobat|такої\s+сторінки\s+немає|contenuto\s+non\s+disponibile|página\s+inexistente|ya\s+no\s+figura|rien\s+(?:n['’]a(?:it)?\s+été\s+)?trouvé|^\W*aucun\s+résultat|\bchyba\s+404|\bfehler\s+404|\berreur\s+404|\berrore\s+404|\bblad\s+404|\bbłąd\s+404|\bошибка\s+404|\bfel\s+404|\bfout\s+404|\berro\s+404
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


APOLOGY = re.compile(
    r"^(?:\W*(?:sorry|oops|whoops|uh[ -]?oh|unfortunately|leider|hoppla|entschuldigung|désolée?|oups|lo\s+sentimos|ups|desculpe|ops|siamo\s+spiacenti|helaas|tyvärr|beklager|ľutujeme|bohužel|bohužiaľ|przepraszamy|sajnos"
    r"|извините|к\s+сожалению|на\s+жаль|üzgünüz|申し訳ありません|抱歉|죄송합니다)\b[\s,!.:…–—-]*)+",
    re.IGNORECASE,
)
ERROR_DOCUMENT = re.compile(
    r"[\"'](?:code|status|status_?code|error)[\"']\s*:\s*[\"']?40[04]\b|\bnot[ _]found\b|does\s+not\s+exist|<error\b[^>]{0,80}\bcode=|\bNoSuchKey\b",
    re.IGNORECASE,
)
ERROR_ADDRESS = re.compile(
    r"(?:^|[/_-])(?:404|410|not[-_]?found|page[-_]?not[-_]?found|no[-_]?page|suspendedpage|errorpage|introuvable|pagina-no-encontrada)(?:\.(?:html?|php|aspx?|cgi|jsp))?/?$"
    r"|/(?:errors?|error[-_]?404|expired|removed|deleted|gone|missing|unavailable|fehler|oops)(?:\.(?:html?|php|aspx?|cgi|jsp|png|gif|jpe?g|svg|webp))?/?$|/errors?/\w*/?$",
    re.IGNORECASE,
)
SEARCH_ADDRESS = re.compile(
    r"(?:^|/)(?:search|suche|recherche|buscar|busca|cerca|ricerca|zoeken|sok|szukaj|site-search)(?:$|[/.])|[?&](?:s|q|query|search|keywords?)=",
    re.IGNORECASE,
)
