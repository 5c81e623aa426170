"""The example agreement that the tour begins with; the municipality is real, all else is made up."""

from __future__ import annotations

from content import Bullets, Example, Heading, Item, Measures, Signatures, Text

COLUMNS = ("Åtgärd", "Kommunen", "Polisen", "Ansvarig", "Tidsplan", "Uppföljning")
WIDTHS = (16, 22, 19, 16, 13, 14)

CONTENT: tuple[Item, ...] = (
    Heading(1, "Bakgrund"),
    Text(
        "Ånge kommun och lokalpolisområde Medelpad har arbetat tillsammans i många år. Hösten 2024 tog parterna fram "
        "en gemensam lägesbild av enkäter, anmälningsstatistik och samtal med föreningar i Ånge, Fränsta, Ljungaverk "
        "och Torpshammar. Lägesbilden visar att läget är lugnt på det hela taget, men att några platser och några "
        "grupper drabbas mer än andra."
    ),
    Heading(1, "Syfte"),
    Text(
        "Överenskommelsen samlar det som parterna gör tillsammans. Den talar om vilka problem som går först, vad som "
        "ska uppnås och vem som gör vad, så att arbetet kan följas år för år."
    ),
    Heading(1, "Giltighetstid"),
    Text(
        "Överenskommelsen gäller från och med den 1 januari 2025 till och med den 31 december 2028. Den ersätter "
        "överenskommelsen för 2021–2024 och är antagen av kommunfullmäktige den 25 november 2024."
    ),
    Heading(1, "Övergripande mål"),
    Bullets(
        (
            "Fler invånare ska känna sig trygga där de bor. Andelen som svarar att de är trygga i sitt bostadsområde "
            "ska öka från 71 procent till minst 80 procent senast 2028.",
            "Brott som drabbar enskilda ska bli färre under perioden.",
        )
    ),
    Heading(1, "Fokusområde 1 – Ungas uppväxt"),
    Text(
        "Vuxna i skola, fritid och socialtjänst ser att en liten grupp pojkar mellan tolv och femton år rör sig kring "
        "stationen i Ånge sena kvällar. I grupp klottras det, och två gånger under våren 2024 såldes narkotika i "
        "gångtunneln. Flera av pojkarna har hög frånvaro från skolan, och föräldrarna efterfrågar ett sammanhållet "
        "stöd.",
        label="Problembild",
    ),
    Text("Unga i riskzon ska få hjälp tidigt och av flera parter samtidigt.", label="Mål"),
    Bullets(
        (
            "Den ogiltiga frånvaron i årskurs 7–9 ska minska med 25 procent till juni 2027.",
            "Alla orosanmälningar som rör brott ska leda till ett samtal med hemmet inom fjorton dagar.",
        )
    ),
    Heading(2, "Åtgärder för ungas uppväxt"),
    Measures(
        COLUMNS,
        WIDTHS,
        (
            (
                "SSPF",
                "Sammankallar, för minnesanteckningar och ser till att samtycke finns från vårdnadshavarna.",
                "Deltar med områdespolis och lämnar uppgifter om pågående oro.",
                "Socialnämnden",
                "Varannan vecka",
                "Halvårsvis",
            ),
            (
                "Sociala insatsgrupper",
                "Leder gruppen och skriver en plan tillsammans med den unge, familjen och skolan. Planen ses över var "
                "sjätte vecka.",
                "Bidrar med kännedom om den unges situation och håller en fast kontaktperson genom hela insatsen.",
                "Socialnämnden",
                "Löpande",
                "Varje år",
            ),
            (
                "Nattvandring i Ånge och Fränsta",
                "Bjuder in föräldrar och föreningar, lånar ut västar och ordnar fika.",
                "Möter vandrarna när kvällen börjar och berättar om läget.",
                "Kultur och fritid",
                "Fredagar maj–september",
                "Efter säsongen",
            ),
            (
                "Föräldramöten om alkohol och narkotika",
                "Håller ett möte på varje skola när årskurs 7 börjar. Elevhälsan leder samtalet.",
                "Berättar om vad som syns lokalt och om hur man märker de första tecknen.",
                "Utbildningsnämnden",
                "Augusti–oktober",
                "Enkät till hemmen",
            ),
        ),
    ),
    Heading(1, "Fokusområde 2 – Trygga platser"),
    Text(
        "Stationsområdet, gångtunneln och parkeringen bakom biblioteket i Ånge pekas ut som otrygga i tre enkäter i "
        "rad. Belysningen är ojämn, buskaget skymmer sikten och cyklar stjäls nästan varje vecka under sommaren. "
        "Äldre resenärer undviker det sista tåget.",
        label="Problembild",
    ),
    Text("Stationsområdet ska upplevas som tryggt under dygnets alla timmar.", label="Mål"),
    Bullets(
        (
            "Antalet anmälda cykelstölder ska halveras till 2027.",
            "Minst fyra trygghetsvandringar ska genomföras varje år.",
        )
    ),
    Heading(2, "Åtgärder för trygga platser"),
    Measures(
        COLUMNS,
        WIDTHS,
        (
            (
                "Trygghetsvandringar",
                "Bjuder in boende, resenärer och fastighetsägare, går rundan i skymningen och redovisar på kommunens "
                "webbplats vad som har rättats till.",
                "Deltar med kommunpolis.",
                "Samhällsbyggnad",
                "April och oktober",
                "Protokoll efter varje vandring",
            ),
            (
                "Ljus och sikt i gångtunneln",
                "Byter armaturer, målar väggarna ljusa och gallrar buskaget längs spåret. Klotter tas bort inom ett "
                "dygn från det att det har anmälts, även på helger.",
                "Lämnar statistik över brott på platsen inför varje etapp.",
                "Samhällsbyggnad",
                "Klart 2026",
                "Mätning före och efter",
            ),
            (
                "EST",
                "Leder ett möte varannan vecka där det som har hänt i kommunen läggs in på karta och delas ut till "
                "dem som kan göra något åt det.",
                "Lämnar polisens händelser till kartan och deltar i mötet.",
                "Säkerhetssamordnaren",
                "Varannan vecka",
                "Tertialvis",
            ),
            (
                "Synlig polis vid sista tåget",
                "Ser till att väntsalen hålls öppen till dess att tåget har gått och att fritidsledare finns på plats.",
                "Patrullerar till fots på perrongen minst två kvällar i veckan och noterar vad resenärerna säger.",
                "Områdespolisen",
                "Hela perioden",
                "Månadsvis",
            ),
            (
                "Märkning av cyklar",
                "Upplåter lokal och sprider inbjudan genom skolor och föreningar.",
                "Märker cyklar vid tre tillfällen på våren.",
                "Kommunpolisen",
                "April–maj",
                "Antal märkta cyklar",
            ),
        ),
    ),
    Heading(1, "Fokusområde 3 – Äldre och glesbygd"),
    Text(
        "Bedragare ringer till äldre i hela kommunen, och i byarna kring Borgsjö och Haverö är det långt till närmaste "
        "patrull. Diesel, verktyg och båtmotorer försvinner från gårdar som står tomma på vintern. Få anmäler, "
        "eftersom man inte tror att det leder till något.",
        label="Problembild",
    ),
    Text("Äldre ska stå emot bedrägerier, och stölder på landsbygden ska anmälas och bli färre.", label="Mål"),
    Heading(2, "Åtgärder för äldre och glesbygd"),
    Text("Parterna ska under perioden:"),
    Bullets(
        (
            "starta grannsamverkan i minst sex byar till 2027 (kommun och polis)",
            "besöka alla pensionärsföreningar varje år och visa hur bedragare går till väga (polis)",
            "hålla medborgarkontor med polis i Torpshammar en dag i månaden (kommun och polis)",
        )
    ),
    Heading(1, "Uppföljning"),
    Text(
        "Styrgruppen träffas fyra gånger om året. I februari varje år redovisas till kommunstyrelsen vad som har "
        "gjorts, och lägesbilden görs om vartannat år."
    ),
    Heading(1, "Underskrifter"),
    Text("Ånge den 9 december 2024"),
    Signatures(
        ("För Ånge kommun", "", "Maj-Britt Orrenius", "Kommunstyrelsens ordförande"),
        ("För Polismyndigheten", "", "Joel Ståhlgren", "Chef lokalpolisområde Medelpad"),
    ),
)

EXAMPLE = Example(
    name="ange-2025-2028",
    title="Samverkansöverenskommelse mellan Ånge kommun och Polismyndigheten, lokalpolisområde Medelpad, 2025–2028",
    running_head="Ånge kommun och Polisen",
    diary_number="Dnr KS 25/118",
    content=CONTENT,
)
