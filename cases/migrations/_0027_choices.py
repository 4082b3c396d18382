"""The choices of the fields in 0027_learning."""

SOLUTIONS = [
    ("olifantenpaadje", "Olifantenpaadje"),
    ("plek", "Plek om te leren"),
    ("geld", "Route voor geld"),
    ("contact", "Organisatie om te bellen"),
]
DOMAINS = [
    ("financiering", "Geld voor onderwijs en zorg"),
    ("bevoegdheid", "Bevoegdheid om les te geven"),
    ("wachtlijst", "Wachtlijst"),
    ("capaciteit", "Plekken in het speciaal onderwijs"),
    ("personeel", "Personeel"),
    ("vervoer", "Vervoer"),
    ("samenwerking", "Samenwerking"),
    ("mandaat", "Mandaat"),
    ("regelgeving", "Regels en wetten"),
    ("avg", "Privacy (AVG)"),
    ("overig", "Overig"),
]
LEVELS = [("kind", "Kind"), ("ouder", "Ouder"), ("swv", "Samenwerkingsverband"), ("systeem", "Systeem")]
THEMES = [("inhoud", "Inhoud"), ("proces", "Proces"), ("houding", "Houding en gedrag")]
STEPS = [
    ("verzameld", "Verzameld"),
    ("onderzocht", "Onderzocht"),
    ("geadresseerd", "Geadresseerd"),
    ("antwoord", "Antwoord gekregen"),
    ("opgelost", "Opgelost"),
    ("niet", "Niet op te lossen"),
]
ADDRESSEES = [
    ("school", "School of schoolbestuur"),
    ("swv", "Samenwerkingsverband"),
    ("gemeente", "Gemeente"),
    ("zorg", "Zorgaanbieder of zorgkantoor"),
    ("regio", "Regio of jeugdregio"),
    ("rijk", "Rijk: OCW of VWS"),
    ("inspectie", "Inspectie van het Onderwijs"),
    ("anders", "Een andere partij"),
]
EYES = [("jeugdige", "Jongere"), ("ouder", "Ouder"), ("professional", "Professional")]
EVENTS = [
    ("stap", "Een stap in de ontwikkeling"),
    ("ondertussen", "Tijd van ondertussen"),
    ("ingeschreven", "Ingeschreven op een school"),
    ("gaat", "Gaat naar de school of de plek"),
    ("herstart", "Opnieuw begonnen"),
    ("thuis", "Weer thuis"),
    ("vrijstelling", "Nieuwe vrijstelling"),
    ("verlengd", "Vrijstelling verlengd"),
    ("vervallen", "Vrijstelling vervallen"),
    ("tlv", "Toelaatbaarheidsverklaring (TLV)"),
    ("opp", "Ontwikkelingsperspectief (OPP)"),
    ("variawet", "Onderwijs op een andere locatie (Variawet)"),
    ("oza", "Onderwijs-zorgarrangement"),
    ("zorg_start", "Zorg gestart"),
    ("zorg_stop", "Zorg gestopt"),
    ("verhuisd", "Verhuisd"),
]
MOVEMENTS = [("vooruit", "Vooruit"), ("gelijk", "Even gelijk"), ("terug", "Een stapje terug")]
MOMENTS = [
    ("nazorg", "Vraag hoe het gaat"),
    ("overdracht", "Draag warm over"),
    ("herstart", "Kijk samen wat nu nodig is"),
]
OUTCOMES = [
    ("goed", "Het gaat goed"),
    ("steun", "Er is steun nodig"),
    ("thuis", "Weer thuis"),
    ("geregeld", "Geregeld"),
    ("vervallen", "Niet meer nodig"),
]
