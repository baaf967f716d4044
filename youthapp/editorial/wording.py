"""The voice and the red lines, as far as a machine can hold them: banned words, preachy openers, gendered defaults, dangerous mistakes.

Every rule has a bad sample of its own that it must catch; tests/editorial/test_words.py runs each rule on its sample, and the check runs
all rules on every text. A rule finds wording, not truth: what no rule can see is listed in UNCAUGHT, for the people who read.
Sources: the voice rules of the project, and the 65 dangerous mistakes of its fact base (numbers as there).
"""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Rule:
    """One thing a text must not say. ``mistake`` is its number among the 65, 0 for a rule of voice."""

    name: str
    language: str
    """The tag of the language that it is written for."""
    pattern: re.Pattern[str]
    why: str
    bad: str
    """A sample that the rule must catch."""
    unless: re.Pattern[str] | None = None
    """When this is found in the same text, the rule does not fire: the mistake is being warned of, not made."""
    mistake: int = 0
    everyone: bool = False
    """Holds on pages for workers too."""


def _rule(name: str, language: str, pattern: str, why: str, bad: str, *, unless: str = "", mistake: int = 0, everyone: bool = False) -> Rule:
    flags = re.IGNORECASE | re.UNICODE
    return Rule(name, language, re.compile(pattern, flags), why, bad, re.compile(unless, flags) if unless else None, mistake, everyone)


_NOT_EN = r"\b(?:not|no|never|n['’]t|skip|without|instead of|avoid|cannot|nobody|stops? no)\b"
_NOT_ES = r"\b(?:no|nunca|sin|evita|ni|nadie|jamás)\b"

_ACRONYMS = r"(?-i:AYUDA|START|STRTP|LGBTQ|NCMEC|RAINN|SAMHSA|STARS|VOICE|LOVEIS|ADWAS|CASA\b)"

VOICE: tuple[Rule, ...] = (
    _rule("our words", "en", r"\b(?:traffick\w*|exploit\w*|victims?|prostitut\w*|sex work\w*|runaways?|AWOL|rescu\w*|risky|promiscuous|bad choices?)\b",
          "a word of ours that the reader does not use", "Are you a victim of trafficking?",
          unless=r"National Human Trafficking Hotline|Human Trafficking Hotline|Slavery & Trafficking|Runaway Safeline|RUNAWAY|Victim Compensation|the law (?:calls|uses|says)|legal word|in court words|official (?:word|name)|crime victim|rescue breath"),
    _rule("our words", "es", r"\b(?:trata de personas|tráfico de personas|explotaci[oó]n|explotad\w+|v[ií]ctimas?|prostitu\w*|trabajador\w* sexual\w*|fugitiv\w*|fugad\w*|rescat\w*|promiscu\w*|malas decisiones|conductas? de riesgo)\b",
          "una palabra nuestra que quien lee no usa", "¿Eres víctima de explotación?",
          unless=r"Human Trafficking|Slavery & Trafficking|Línea Nacional|Runaway|Compensación|la ley (?:le )?(?:llama|usa|dice)|palabra legal|nombre oficial|palabra de la ley|(?:respiraci|boca a boca)\w*"),
    _rule("preachy", "en", r"\byou (?:should|must|need to|have to|ought to)\b(?! (?:not )?(?:be (?:born|married)|live in))", "tells the reader what to do", "You should tell a parent.",
          unless=r"\byou (?:do not|don['’]t|never|may not|won['’]t|might) (?:have|need) to\b|\b(?:if|ask if|whether|do|what|without|who|when|why) you (?:need|have) to\b|nothing you (?:need|have) to"),
    _rule("preachy opener", "en", r"(?:^|[.!?]\s+)(?:don['’]t|do not|just|simply)\b", "opens with an order", "Just leave the house."),
    _rule("preachy", "es", r"\b(?:deber[ií]as|debes|tienes que|hay que|necesitas que)\b", "le dice a quien lee qué hacer", "Debes decirle a tus papás.",
          unless=r"\bno (?:tienes|debes|hay)\b|\bsi tienes que\b|\bsin tener\b|\bnunca tienes que\b|\b(?:le|les|lo que|cuánto|que) debes\b|\bdebes (?:dinero|algo|nada|lana)\b"),
    _rule("preachy opener", "es", r"(?:^|[.!?]\s+)(?:simplemente|solo vete|nada más)\b", "abre con una orden", "Simplemente vete."),
    _rule("gendered", "en", r"\b(?:your (?:boyfriend|pimp)|he (?:hits|makes|forces|controls|hurts|wants|says)|girls like you)\b", "takes a gender for granted", "If he hits you, call."),
    _rule("gendered", "es", r"\b(?:tu (?:novio|padrote)(?! o novia)|él te (?:pega|obliga|controla)|amig@s?|todxs|amigues?|todes)\b", "da por hecho un género", "Si tu novio te pega, llama."),
    _rule("blame", "en", r"\b(?:let (?:him|her|them) (?:do|have|touch)|put yourself in|should have (?:known|said|left)|your own fault|child prostitute)\b", "blames the reader", "You put yourself in danger.", mistake=35, everyone=True),
    _rule("blame", "es", r"\b(?:te pusiste en|hubieras (?:dicho|sabido)|debiste|fue tu culpa|te lo buscaste)\b", "culpa a quien lee", "Te pusiste en peligro.", mistake=35, unless=_NOT_ES, everyone=True),
    _rule("promise", "en", r"\b(?:100 ?%|totally (?:safe|private)|completely (?:safe|private|confidential)|anonymous(?:ly)?|untraceable|secure(?:ly)?|nobody will (?:ever )?(?:know|find)|no one will (?:ever )?(?:know|find))\b",
          "promises what we cannot keep", "This is 100% anonymous."),
    _rule("promise", "es", r"\b(?:100 ?%|totalmente (?:segur\w|privad\w)|an[oó]nim\w+|irrastreable|nadie (?:se )?(?:va a|podrá) (?:saber|enterar\w*)|nadie (?:lo )?sabrá|nadie se enterará)\b",
          "promete lo que no podemos cumplir", "Nadie se va a enterar."),
    _rule("shouting", "en", r"!|\b(?-i:[A-Z]{5,})\b", "shouts", "CALL NOW!", unless=_ACRONYMS),
    _rule("shouting", "es", r"[¡!]|\b(?-i:[A-ZÁÉÍÓÚÑ]{5,})\b", "grita", "¡LLAMA YA!", unless=_ACRONYMS),
    _rule("number in a sentence", "en", r"\d{3}[-. )]\s?\d{3,4}|\b\d{5,}\b|https?:|www\.|\w\.(?:org|com|gov)\b|<[a-z/]|&[a-z]+;", "a number, a link or markup stands in a line record, not in a sentence", "Call 800-656-4673.", everyone=True),
    _rule("number in a sentence", "es", r"\d{3}[-. )]\s?\d{3,4}|\b\d{5,}\b|https?:|www\.|\w\.(?:org|com|gov)\b|<[a-z/]|&[a-z]+;", "un número, un enlace o código va en la ficha de la línea", "Llama al 800-656-4673.", everyone=True),
    _rule("opening marks", "es", r"^[^¿]*\?", "falta el signo ¿", "Estás bien?", everyone=True),
    _rule("lost accents", "es", r"\b(?:telefono|clinica|medico|policia|tambien|aqui|despues|dias|numero|pagina|asi|proteccion|informacion|medicina s|estas bien|facil|rapido|quien(?= eres\?)|cuando(?= abre\?)|dificil|algun|ningun|razon|opcion|opciones de s|atencion|cirugia|anticoncepcion|infeccion|relacion|mama(?= y)|papa(?= y))\b",
          "falta un acento", "Llama por telefono.", everyone=True),
    _rule("not tú", "es", r"\b(?:usted|ustedes|vos|vosotros|llame|pregunte|pida|vaya|diga|tenés|podés)\b", "a la persona se le habla de tú", "Llame a la clínica si usted quiere.",
          unless=r"(?:que|cuando|quien|alguien|la persona|para que|si) \w*\s?(?:le )?(?:llame|pregunte|pida|vaya|diga)"),
    _rule("English left in", "es", r"\b(?:the|and|with|you|your|someone|is not|they)\b", "quedó inglés", "Puedes call the clinic.", unless=r"Project|Line|Hotline|Helpline|Safe Place|Take It Down|Lifeline|Safeline|Never Use Alone|Coalition|LGBT|Find My|Check|Center|Street|Tip", everyone=True),
)  # fmt: skip

MISTAKES: tuple[Rule, ...] = (
    _rule("spermicide", "en", r"\b(?:with|use|using|try|add|get) (?:a |some )?(?:spermicid\w+|nonoxynol-9|N-9)", "recommends spermicide", "Use a lubricant with spermicide.",
          unless=r"\b(?:skip|without|avoid|no|not|than no|beats|only one|better than|correct)", mistake=1, everyone=True),
    _rule("spermicide", "es", r"\b(?:con|usa|usar|prueba) (?:un )?(?:espermicida|nonoxinol-9)", "recomienda espermicida", "Usa lubricante con espermicida.",
          unless=r"\b(?:sin|evita\w*|no|mejor que|único|única|deja)\b", mistake=1, everyone=True),
    _rule("washing protects", "en", r"\b(?:douch\w+|wash\w*|pee\w*|EC|morning-after pill\w*) (?:\w+ ){0,3}(?:stops?|prevents?|protects?|helps? against) (?:\w+ ){0,3}(?:HIV|STIs?|infection)", "says washing or EC protects", "Washing after sex prevents HIV.", unless=_NOT_EN, mistake=2, everyone=True),
    _rule("douche", "en", r"\bdouch", "suggests douching", "You can douche after.", unless=_NOT_EN, mistake=2, everyone=True),
    _rule("washing protects", "es", r"\b(?:ducha vaginal|lavarte|lavado|orinar)\b.{0,40}\b(?:evita|previene|protege)", "dice que lavarse protege", "Lavarte después protege del VIH.", unless=_NOT_ES, mistake=2, everyone=True),
    _rule("never N-9", "en", r"\bnever use\b.{0,30}spermicid", "leaves out that a spermicide condom beats none", "Never use a spermicide condom.", unless=r"beats|better than", mistake=3, everyone=True),
    _rule("two condoms", "en", r"\b(?:two|2|double) condoms?\b|\bdouble up\b|\bextra condom\b", "two condoms at once", "Wear two condoms to be sure.", unless=_NOT_EN + r"|one at a time|\btear|\bbreak", mistake=4, everyone=True),
    _rule("two condoms", "es", r"\b(?:dos|2|doble) cond[oó]n(?:es)?\b|\bdos preservativos\b", "dos condones a la vez", "Ponte dos condones.", unless=_NOT_ES + r"|uno a la vez|rompe", mistake=4, everyone=True),
    _rule("oil", "en", r"\b(?:use|try|with) (?:\w+ )?(?:oil|lotion|vaseline|petroleum jelly|cooking oil)\b", "oil with latex", "Use baby oil as lube.", unless=r"\b(?:break|weaken|skip|not|never|avoid|tear|ruin)\w*", mistake=5, everyone=True),
    _rule("oil", "es", r"\b(?:usa|prueba|con) (?:\w+ )?(?:aceite|crema|vaselina|loción)\b", "aceite con látex", "Usa aceite de bebé como lubricante.", unless=r"\b(?:romp\w+|evita\w*|no|nunca|daña\w*|debilita\w*)\b", mistake=5, everyone=True),
    _rule("condoms stop all", "en", r"condoms? (?:stop|prevent|protect (?:you )?(?:from|against)) (?:all|every|any) |(?:no|don['’]t need) condoms? (?:if|when|with) (?:you (?:are|take) )?(?:on )?PrEP", "condoms stop everything, or PrEP replaces them", "Condoms stop all STIs.", mistake=6, everyone=True),
    _rule("weight", "en", r"(?:doesn['’]t|does not|won['’]t|will not) work (?:\w+ ){0,3}(?:over|above|if you weigh)", "says the pill does not work above a weight", "Plan B doesn't work over 165 pounds.", mistake=7, everyone=True),
    _rule("weight", "es", r"no (?:funciona|sirve)\b.{0,20}(?:más de|si pesas|arriba de)", "dice que la pastilla no sirve con cierto peso", "La pastilla no funciona si pesas más de 165 libras.", mistake=7, everyone=True),
    _rule("EC over at 72", "en", r"(?:after|past) (?:72 hours|3 days|three days)\b.{0,40}\b(?:too late|over|nothing|can['’]t|no longer)", "says it is over after 3 days", "After 72 hours it is too late.", unless=r"\bnot too late|never too late|PEP|HIV", mistake=8, everyone=True),
    _rule("EC over at 72", "es", r"(?:después de|pasadas|pasados) (?:las |los )?(?:72 horas|3 días|tres días)\b.{0,40}\b(?:es tarde|ya no|nada)", "dice que a los 3 días ya no hay nada", "Después de 72 horas ya es tarde.", unless=r"no es (?:muy |demasiado )?tarde|PEP|VIH", mistake=8, everyone=True),
    _rule("PEP 5 days", "en", r"\b(?:PEP|HIV pills?)\b[^.]{0,40}\b(?:5 days|120 hours|five days)", "PEP is 3 days, not 5", "You can start PEP within 5 days.", unless=r"pregnan|morning-after|EC\b|exam", mistake=9, everyone=True),
    _rule("PEP 5 days", "es", r"\b(?:PEP|pastillas? (?:para|contra) el VIH)\b[^.]{0,40}\b(?:5 días|120 horas|cinco días)", "PEP son 3 días, no 5", "Puedes empezar PEP en 5 días.", unless=r"embaraz|del día después|examen", mistake=9, everyone=True),
    _rule("ID for EC", "en", r"\b(?:need|show|bring) (?:an? |your )?(?:ID|parent)\b[^.]{0,30}\b(?:Plan B|morning-after|emergency contraception)", "ID or parent for EC", "You need an ID for Plan B.", unless=_NOT_EN, mistake=10, everyone=True),
    _rule("two EC pills", "en", r"\btake (?:two|2) (?:pills|doses|Plan B)|\b(?:Plan B|levonorgestrel) (?:and|with|plus) ella together", "two EC pills", "Take two pills to be safe.", unless=_NOT_EN, mistake=11, everyone=True),
    _rule("two EC pills", "es", r"\btoma (?:dos|2) (?:pastillas|dosis)|\bPlan B (?:y|con) ella juntas", "dos pastillas", "Toma dos pastillas por si acaso.", unless=_NOT_ES, mistake=11, everyone=True),
    _rule("negative means no", "en", r"\bnegative (?:test )?means (?:you(?:['’]re| are) )?(?:not|no|fine|safe|clear)|no symptoms? means? (?:no|you)", "a negative test is taken as the end of it", "A negative test means you are not pregnant.", unless=r"\b(?:does not|doesn['’]t|not always|may not)\b", mistake=13, everyone=True),
    _rule("parents and abortion", "en", r"\b(?:need|require|must have|have to have) (?:a |your )?(?:parents?|judge|court)\w*\b[^.]{0,40}\babortion|abortion[^.]{0,40}\b(?:need|require)s? (?:a |your )?(?:parent|judge|court)", "says minors need a parent or judge", "You need a parent for an abortion.", unless=_NOT_EN, mistake=14, everyone=True),
    _rule("parents and abortion", "es", r"\b(?:necesitas|requiere|hace falta)\b[^.]{0,30}\b(?:papás|padres|juez|permiso)\b[^.]{0,40}\baborto", "dice que hace falta permiso", "Necesitas permiso de tus papás para un aborto.", unless=_NOT_ES, mistake=14, everyone=True),
    _rule("pays for everything", "en", r"\b(?:Family PACT|Medi-Cal|minor consent) (?:pays?|covers?) (?:for )?(?:everything|all)", "says a programme pays for everything", "Family PACT pays for everything.", unless=_NOT_EN, mistake=16, everyone=True),
    _rule("carry pills to", "en", r"\b(?:give|bring|take|carry) (?:the |these |your )?(?:pills|medicine|antibiotics) to (?:him|her|them|the person|your partner)", "asks the reader to carry pills", "Give the pills to the person.", unless=_NOT_EN + r"|never have to", mistake=17, everyone=True),
    _rule("leftover", "en", r"\b(?:use|take) (?:your |some )?leftover|doxy\w* (?:stops|prevents|protects (?:from|against)) HIV", "leftover antibiotics, or doxyPEP as HIV protection", "Take leftover antibiotics.", unless=_NOT_EN, mistake=18, everyone=True),
    _rule("private birth control", "en", r"nobody can (?:ever )?tell|no one can (?:ever )?tell", "promises a method that shows nothing", "Nobody can ever tell you have it.", mistake=19, everyone=True),
    _rule("home remedies", "en", r"\b(?:vinegar|bleach|herbs?|herbal|coat hanger|sponge|cotton ball)s?\b", "home remedies", "Try vinegar or herbs.", unless=_NOT_EN, mistake=20, everyone=True),
    _rule("home remedies", "es", r"\b(?:vinagre|cloro|hierbas|remedios? caseros?|esponjas?)\b", "remedios caseros", "Prueba con hierbas.", unless=_NOT_ES, mistake=20, everyone=True),
    _rule("neck, rest", "en", r"\b(?:chok|strangl|neck|squeez)\w*\b[^.]*\.?[^.]*\b(?:rest|wait and see|sleep it off|go home)\b", "neck pressure is always for the ER", "If you were choked but feel OK, rest.", unless=_NOT_EN + r"|\bER\b|\b911\b|even if", mistake=21, everyone=True),
    _rule("sleep it off", "en", r"\bsleep it off\b|\bcold shower\b|\b(?:black )?coffee (?:helps|works|will)|\bmake (?:them|yourself|the person) (?:throw up|vomit)", "home cures for overdose or head injury", "Let them sleep it off.", unless=_NOT_EN, mistake=22, everyone=True),
    _rule("sleep it off", "es", r"\b(?:déjal\w|dejar\w*) dormir\b|\bbaño (?:de agua )?frí|\bducha fría\b|\bcafé (?:ayuda|sirve)|\bhazl\w vomitar|\bhacer\w* vomitar", "remedios para sobredosis", "Déjalo dormir.", unless=_NOT_ES, mistake=22, everyone=True),
    _rule("wait on it", "en", r"\b(?:testicle|ball|one-sided|one side|heavy bleeding)\w*\b[^.]{0,60}\b(?:wait (?:a|until|and|for)|can wait|see if it passes)", "waits on an emergency", "Testicle pain can wait until Monday.", unless=_NOT_EN, mistake=23, everyone=True),
    _rule("tampon overnight", "en", r"\btampon\b[^.]{0,40}\b(?:overnight|all night|all day)", "tampon beyond 8 hours", "A tampon overnight is fine.", unless=_NOT_EN, mistake=24, everyone=True),
    _rule("strip says safe", "en", r"\b(?:strip|test)\b[^.]{0,40}\b(?:so it(?:['’]s| is) safe|means it(?:['’]s| is) safe|makes? (?:a pill|it) safe)", "a strip makes it safe", "The strip says no fentanyl, so it's safe.", unless=r"\bno strip\b|\bnot\b|\bnever\b", mistake=25, everyone=True),
    _rule("one dose and fine", "en", r"\bone (?:dose|spray)\b[^.]{0,30}\b(?:fine|enough|done|cured)|no need (?:to call|for) 911", "naloxone without 911", "One dose and they're fine.", unless=r"may not|not always|might not", mistake=26, everyone=True),
    _rule("no trouble for 911", "en", r"\b(?:can['’]?t|cannot|won['’]t|will not|never) (?:get|be) (?:in trouble|arrested|charged)\b(?! (?:with|for))", "nobody can promise no arrest", "You can't be arrested if you call.", unless=r"does not (?:say|mean|promise)|no one can promise|not a promise|doesn['’]t mean", mistake=27, everyone=True),
    _rule("no trouble for 911", "es", r"\bno (?:te )?(?:pueden|van a) (?:arrestar|detener|meter en problemas|acusar)(?:te)?\b(?! (?:por|de))", "nadie puede prometer eso", "No te pueden arrestar si llamas.", unless=r"no significa|no quiere decir|no es una promesa|nadie puede prometer", mistake=51, everyone=True),
    _rule("exam untold", "en", r"\bexam\b[^.]{0,50}\b(?:nobody|no one) (?:will be|is|has to be) told", "the exam cannot be promised untold under 18", "You can get an exam and nobody will be told.", mistake=28, everyone=True),
    _rule("must report", "en", r"\byou (?:must|have to|need to) (?:report|press charges|talk to (?:the )?police|call the police)", "care does not hang on a police report", "You must report to police to get care.", mistake=29, everyone=True),
    _rule("must report", "es", r"(?<!no )\b(?:debes|tienes que|necesitas) (?:denunciar|reportar|hablar con la policía|poner cargos)", "la atención no depende de denunciar", "Tienes que denunciar.", mistake=29, everyone=True),
    _rule("too late", "en", r"\b(?:it(?:['’]s| is) )?too late (?:for|to|after)\b", "late is still worth a call", "It's too late to go after 5 days.", unless=r"\bnot too late|never too late|not mean (?:it is )?too late", mistake=30, everyone=True),
    _rule("too late", "es", r"\b(?:ya )?es (?:muy |demasiado )?tarde para\b", "tarde también vale la pena", "Ya es tarde para ir.", unless=r"\bno es (?:muy |demasiado )?tarde|nunca es tarde", mistake=30, everyone=True),
    _rule("ruined evidence", "en", r"\b(?:shower|wash|chang|eat)\w*\b[^.]{0,40}\bruin", "showering ruins nothing for good", "If you showered you ruined the evidence.", unless=_NOT_EN, mistake=31, everyone=True),
    _rule("doctors never tell", "en", r"\b(?:doctors?|clinics?|nurses?) (?:can(?:['’]t|not)|can never|will never|won['’]t) (?:ever )?tell (?:your )?(?:parents|anyone|family)", "there are limits to this", "Doctors can never tell your parents.", unless=r"unless|without your|except|most of the time|but|about (?:this|it|that)", mistake=33, everyone=True),
    _rule("lines keep secrets", "en", r"\b(?:hot)?lines? (?:are|is|will be|stays?) (?:fully |totally |100 ?% )?(?:secret|anonymous|private)\b", "a line may report", "Hotlines are 100% anonymous.", mistake=32, everyone=True),
    _rule("just leave", "en", r"\b(?:just leave|pack a bag|block (?:him|her|them)|call the police on|change (?:all )?your passwords?(?: now)?)\b", "one-size advice that can raise danger", "Just leave and block him.", unless=r"\b(?:some people|if it is safe|with an advocate|not|can raise|can tip|before|may|could|might|more danger\w*|plan first)\b", mistake=36),
    _rule("just leave", "es", r"\b(?:solo vete|haz una maleta|empaca una|bloquéal\w|bloquea a|cambia (?:todas )?tus contraseñas)\b", "consejo único que puede subir el peligro", "Bloquéalo y cambia tus contraseñas.", unless=r"\b(?:algunas personas|si es seguro|con una? \w+ que|no|puede|antes|podría)\b", mistake=36),
    _rule("remove tracker", "en", r"\b(?:remove|delete|throw (?:away|out)|turn off) (?:the |your |any )?(?:tracker|airtag|stalkerware|spyware|location(?: sharing)?)\b", "taking it off at once can raise danger", "Remove the tracker now.", unless=r"\b(?:can|may|could|might|before|plan|with an advocate|not|at once|notic\w+|danger\w*)\b", mistake=37, everyone=True),
    _rule("incognito", "en", r"\b(?:incognito|private (?:tab|mode|window))\b[^.]{0,40}\b(?:keeps you safe|hides (?:it all|everything)|can['’]t see)|clear (?:all )?your history (?:and|so|to)", "private mode hides little", "Use incognito and they can't see.", unless=r"\bnot\b|only|does not|but", mistake=38, everyone=True),
    _rule("bill", "en", r"\b(?:calls?|texts?|numbers?|lines?) (?:to hotlines )?(?:never|won['’]t|will not|do(?:es)? not|don['’]t) (?:show|appear|be on)\b[^.]{0,30}\bbill", "no such promise", "Calls to hotlines never show up on the bill.", unless=r"one page says|may|might|says", mistake=40, everyone=True),
    _rule("sexual image", "en", r"\b(?:screenshot|save|keep|forward|send|upload) (?:the |a |your )?(?:nude|sexual|naked) (?:picture|photo|image|pic)s?|\b(?:screenshot|forward) (?:the|your) (?:picture|photo|image)", "never keep or pass on the image", "Screenshot the nude picture as proof.", unless=r"\bnot\b|n['’]t|never|without", mistake=41, everyone=True),
    _rule("take it down all", "en", r"\bTake It Down\b[^.]{0,30}\b(?:removes? (?:everything|all|it everywhere)|works (?:on|in) private chats)", "it does not remove everything", "Take It Down removes everything.", unless=_NOT_EN, mistake=42, everyone=True),
    _rule("sextortion", "en", r"\b(?:pay (?:them|the person|up)|delete (?:the|their|all) (?:messages?|chats?|account))\b", "paying or deleting makes it worse", "Delete the messages and pay them.", unless=_NOT_EN, mistake=43, everyone=True),
    _rule("fight back", "en", r"\b(?:fight back|carry a (?:knife|weapon|gun|taser)|confront (?:him|her|them|the)|set a trap|pepper spray|follow (?:him|her|them) (?:home|to))\b", "raises danger", "Fight back and carry a knife.", unless=r"\bnot\b|never|without", mistake=45),
    _rule("buyers", "en", r"\b(?:screen(?:ing)? (?:a |your )?(?:buyers?|dates?|clients?|johns?)|negotiat\w+ (?:a |the )?price|set (?:a |your )?price|regulars?|clients?|johns?|tricks?)\b", "nothing about working with buyers", "Screen your clients first.", mistake=44),
    _rule("counts of tries", "en", r"\b(?:7|seven|\d+) (?:times|tries|attempts)\b[^.]{0,40}\b(?:leave|left|leaving|go back)|\brelaps\w+ (?:is|means) (?:a )?fail|failure", "no count, and going back is never failure", "It takes 7 times to leave.", unless=r"\b(?:not|never|no)\b[^.]{0,20}fail", mistake=46),
    _rule("brainwashed", "en", r"\bbrainwash\w*|\bgroomed\b|\bpimps?\b", "argues with how they name a relationship", "You were brainwashed.", mistake=47),
    _rule("asks who you are", "en", r"\b(?:type|enter|tell us|give us|write) (?:your|the person['’]s) (?:full |real )?(?:name|age|school|address|location)\b", "we never ask", "Enter your name and school.", unless=r"\bnot\b|never|no need", mistake=49),
    _rule("only if", "en", r"\b(?:help (?:you )?only if|if we can['’]t control|before we (?:can )?help|in return for help)\b", "care never hangs on obedience", "If we can't control you we can't help you.", unless=r"\bnever|not\b|“|traditional", mistake=50),
    _rule("cannot be arrested", "en", r"\bcan(?:['’]t|not) be (?:arrested|detained|held)\b(?! for (?:prostitution|that|it))", "the law is limited", "You can't be arrested.", mistake=51, everyone=True, unless=r"does not (?:say|mean)|not a promise|doesn['’]t mean"),
    _rule("clears itself", "en", r"\brecords? (?:clears?|seals?|erases?) (?:itself|on its own|automatically)|automatically (?:cleared|sealed|erased)", "needs a petition or a rule", "Your record clears itself.", unless=r"\bnot\b|n['’]t|never", mistake=53, everyone=True),
    _rule("youth decides team", "en", r"\byou (?:decide|choose) who (?:comes|is (?:there|allowed|invited))|(?:your )?parents? (?:will|can) be kept out|no one can make you", "a request, not a veto", "You decide who comes to the meeting.", unless=r"\bnot\b|may not|may still", mistake=54, everyone=True),
    _rule("shelter untold", "en", r"\bshelters?\b[^.]{0,50}\b(?:won['’]t|will not|never|do(?:es)? not) (?:tell|call) (?:your )?(?:parents?|family|anyone)", "shelters may tell a parent", "The shelter won't tell your parents.", mistake=55, everyone=True),
    _rule("police without lawyer", "en", r"\btalk to (?:the )?police without (?:a )?lawyer", "17 and under must have one first", "Talk to police without a lawyer, it's easier.", unless=r"\bnot\b|never", mistake=56, everyone=True),
    _rule("immigration alone", "en", r"\b(?:contact|call|report to|apply (?:to|with)) (?:USCIS|ICE|immigration)\b|won['’]t be deported|will get a visa", "a free immigration lawyer comes first", "Contact USCIS yourself.", unless=r"\bnot\b|never|before|lawyer first|no one can promise", mistake=57, everyone=True),
    _rule("immigration alone", "es", r"\b(?:llama|contacta|repórtate) a (?:USCIS|ICE|inmigración|migración)\b|no te van a deportar|te darán (?:una )?visa", "primero un abogado de inmigración gratis", "Llama a ICE.", unless=r"\bno\b.{0,12}(?:llam|contact)|antes|nunca|primero", mistake=57, everyone=True),
    _rule("press 3", "en", r"\bpress (?:3|three)\b|\btext PRIDE\b", "ended on July 17, 2025", "Call 988 and press 3.", unless=r"ended|closed|no longer", mistake=58, everyone=True),
    _rule("press 3", "es", r"\b(?:marca|oprime|presiona) (?:el )?(?:3|tres)\b|\bPRIDE al\b", "terminó el 17 de julio de 2025", "Llama al 988 y oprime 3.", unless=r"terminó|cerró|ya no", mistake=58, everyone=True),
    _rule("repealed law", "en", r"\b653\.22\b", "repealed", "Penal Code 653.22 says so.", unless=r"repeal|ended|gone|no longer", mistake=59, everyone=True),
    _rule("must let you", "en", r"\b(?:foster parents?|caregivers?|staff) (?:must|have to) let you\b", "say whom to call if they do not", "Foster parents must let you go.", unless=r"lawyer|social worker|ombuds", mistake=62, everyone=True),
    _rule("safe surrender limit", "en", r"\b(?:30 days|7 days|1 month)\b[^.]{0,50}\b(?:baby|newborn|surrender)|\b(?:baby|newborn)\b[^.]{0,50}\b30 days", "72 hours, not 30 days", "You have 30 days to leave a baby.", mistake=63, everyone=True),
    _rule("ambiguous Spanish", "es", r"\bahog(?:ar|aron|ado|o)\b(?![^.]*estrangul)|\baborto\b(?= (?:involuntario|natural))", "estrangular, y aborto espontáneo", "Te ahogaron y ya.", unless=r"estrangul|ahog\w+ con comida", mistake=65, everyone=True),
)  # fmt: skip

UNCAUGHT: dict[int, str] = {
    12: "starting the pill, patch or ring right after ella: too many ways to say it; a clinician reads",
    15: "sending youth to a place that only looks like a clinic: lines and addresses are a closed list that a person reads",
    34: "naming age-gap numbers wrong: the digits check demands a fact; a lawyer reads",
    39: "telling the reader to delete this page from history: a person reads, since giving the choice is right",
    48: "sending notices that name the topic: nothing here sends anything; house tests hold previews and titles",
    52: "telling 18 to 21 that the minors' rule covers them: a lawyer reads",
    60: "other states' ages or laws: the digits check demands a fact; a lawyer reads",
    61: "saying nobody can be denied without saying whom to call: every right names a line, which the check demands",
    64: "numbers from memory: the digits check and the line records",
}
"""Mistakes that no rule here looks for, and what stands guard instead."""


def problems(text: str, language: str, youth: bool = True) -> list[str]:
    """Return what is wrong with one text, each as "rule: why (the words found)".

    youth: the text is read by a youth, so that the rules of voice hold too; else only the rules for everyone.
    """
    found = []
    for rule in (*VOICE, *MISTAKES):
        if rule.language != language or not (youth or rule.everyone):
            continue
        match = rule.pattern.search(text)
        if match and not (rule.unless and rule.unless.search(text)):
            found.append(f"{rule.name}: {rule.why} ({match.group().strip()})")
    return found
