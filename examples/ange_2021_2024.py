"""The agreement before the example, in another layout, so that there is something to compare; all of it made up."""

from __future__ import annotations

from content import Bullets, Example, Heading, Item, Measures, Signatures, Text

COLUMNS = ("Aktivitet", "Genomförande", "Ansvarig", "När")
WIDTHS = (22, 42, 18, 18)

CONTENT: tuple[Item, ...] = (
    Heading(1, "Inledning"),
    Text(
        "Ånge kommun och lokalpolisområde Medelpad fortsätter sitt gemensamma arbete. Överenskommelsen bygger på en "
        "lägesbild från våren 2020 och på samtal i det lokala brottsförebyggande rådet."
    ),
    Heading(1, "Giltighetstid"),
    Text("Överenskommelsen gäller från och med den 1 januari 2021 till och med den 31 december 2024."),
    Heading(1, "Övergripande mål"),
    Bullets(
        (
            "Fler invånare ska känna sig trygga där de bor. Andelen som svarar att de är trygga i sitt bostadsområde "
            "ska öka från 68 procent till minst 75 procent senast 2024.",
        )
    ),
    Heading(1, "Fokusområde 1 – Barn och unga"),
    Text(
        "Skolorna ser att fler elever än förr provar tobak och alkohol redan i årskurs 7. Kring stationen samlas en "
        "liten grupp ungdomar sena kvällar, och där klottras det.",
        label="Problembild",
    ),
    Text("Unga i riskzon ska få hjälp tidigt och av flera parter samtidigt.", label="Mål"),
    Bullets(("Den ogiltiga frånvaron i årskurs 7–9 ska minska med 10 procent till juni 2023.",)),
    Heading(2, "Aktiviteter för barn och unga"),
    Measures(
        COLUMNS,
        WIDTHS,
        (
            (
                "SSPF",
                "Kommunen sammankallar och för minnesanteckningar. Polisen deltar med områdespolis.",
                "Socialnämnden",
                "En gång i månaden",
            ),
            (
                "Nattvandring i Ånge",
                "Kommunen bjuder in föräldrar och föreningar, lånar ut västar och ordnar fika. Polisen möter "
                "vandrarna när kvällen börjar och berättar om läget.",
                "Kultur och fritid",
                "Fredagar maj–september",
            ),
            (
                "Föräldramöten om alkohol och narkotika",
                "Ett möte hålls på varje skola när årskurs 7 börjar.",
                "Utbildningsnämnden",
                "Augusti–oktober",
            ),
            (
                "Fältgrupp på skolavslutningen",
                "Socialtjänstens fältare och polisen rör sig tillsammans där ungdomar samlas.",
                "Socialnämnden",
                "Juni",
            ),
        ),
    ),
    Heading(1, "Fokusområde 2 – Trygga platser"),
    Text(
        "Stationsområdet och gångtunneln i Ånge pekas ut som otrygga i två enkäter. Belysningen är ojämn och cyklar "
        "stjäls under sommaren.",
        label="Problembild",
    ),
    Text("Stationsområdet ska upplevas som tryggt under dygnets alla timmar.", label="Mål"),
    Bullets(
        (
            "Antalet anmälda cykelstölder ska minska med 20 procent till 2023.",
            "Minst två trygghetsvandringar ska genomföras varje år.",
        )
    ),
    Heading(2, "Aktiviteter för trygga platser"),
    Measures(
        COLUMNS,
        WIDTHS,
        (
            (
                "Trygghetsvandringar",
                "Kommunen bjuder in boende och fastighetsägare och går rundan i skymningen. Polisen deltar med "
                "kommunpolis.",
                "Säkerhetssamordnaren",
                "Oktober",
            ),
            (
                "Märkning av cyklar",
                "Kommunen upplåter lokal och sprider inbjudan genom skolor och föreningar. Polisen märker cyklar.",
                "Kommunpolisen",
                "April–maj",
            ),
            (
                "Hastighetskontroller vid skolorna",
                "Polisen mäter hastigheten utanför skolorna när höstterminen börjar. Kommunen ställer upp farthinder.",
                "Trafikpolisen",
                "Augusti",
            ),
        ),
    ),
    Heading(1, "Fokusområde 3 – Äldre och glesbygd"),
    Text(
        "Bedragare ringer till äldre i hela kommunen. Diesel och verktyg försvinner från gårdar som står tomma på "
        "vintern.",
        label="Problembild",
    ),
    Text("Äldre ska stå emot bedrägerier, och stölder på landsbygden ska anmälas och bli färre.", label="Mål"),
    Heading(2, "Aktiviteter för äldre och glesbygd"),
    Text("Parterna ska under perioden:"),
    Bullets(
        (
            "starta grannsamverkan i minst tre byar till 2023 (kommun och polis)",
            "besöka alla pensionärsföreningar varje år och visa hur bedragare går till väga (polis)",
            "dela ut märkpenna och stöldskyddslista till alla lantbruk (kommun)",
        )
    ),
    Heading(1, "Uppföljning"),
    Text("Styrgruppen träffas två gånger om året. I mars varje år redovisas till kommunstyrelsen vad som har gjorts."),
    Heading(1, "Underskrifter"),
    Text("Ånge den 14 december 2020"),
    Signatures(
        ("För Ånge kommun", "", "Göran Hultqvist-Dahl", "Kommunstyrelsens ordförande"),
        ("För Polismyndigheten", "", "Joel Ståhlgren", "Chef lokalpolisområde Medelpad"),
    ),
)

EXAMPLE = Example(
    name="ange-2021-2024",
    title="Samverkansöverenskommelse mellan Ånge kommun och Polismyndigheten, lokalpolisområde Medelpad, 2021–2024",
    running_head="Ånge kommun och Polisen",
    diary_number="Dnr KS 20/231",
    content=CONTENT,
)
