PRAGMA application_id = 1396788563;
PRAGMA user_version = 2;
BEGIN TRANSACTION;
CREATE TABLE checks (
        id INTEGER PRIMARY KEY,
        source TEXT NOT NULL REFERENCES sources(sha256),
        position INTEGER NOT NULL,
        list TEXT NOT NULL,
        anchor TEXT NOT NULL,
        field TEXT NOT NULL,
        value TEXT NOT NULL,
        verdict TEXT NOT NULL CHECK (verdict IN ('right', 'wrong')),
        who TEXT NOT NULL,
        note TEXT,
        extractor TEXT NOT NULL,
        run INTEGER NOT NULL REFERENCES runs(id),
        made_at TEXT NOT NULL
    );
CREATE TABLE corrections (
        id INTEGER PRIMARY KEY,
        source TEXT NOT NULL REFERENCES sources(sha256),
        position INTEGER NOT NULL,
        list TEXT NOT NULL,
        anchor TEXT NOT NULL,
        field TEXT NOT NULL,
        action TEXT NOT NULL CHECK (action IN ('set', 'remove', 'add')),
        ground TEXT NOT NULL,
        value TEXT NOT NULL,
        who TEXT NOT NULL,
        note TEXT,
        run INTEGER NOT NULL REFERENCES runs(id),
        made_at TEXT NOT NULL
    );
CREATE TABLE extracted_agreements (
        source TEXT NOT NULL REFERENCES extractions(source),
        position INTEGER NOT NULL,
        slug TEXT NOT NULL,
        agreement TEXT NOT NULL,
        PRIMARY KEY (source, position)
    );
INSERT INTO "extracted_agreements" VALUES('848b02b09f2d7d7c9dc9cbfacfa0a2135272cf8c9da75ba24177c38e387da4cb',0,'habo-2025-2028','{"schema_version":"1.0","id":"habo-2025-2028","title":"Samverkansöverenskommelse Habo 2025–2028","kind":"samverkansöverenskommelse","municipalities":[{"code":"0643","name":"Habo","county":"Jönköpings län"}],"parties":[{"name":"Habo kommun","party":"municipality"},{"name":"Polismyndigheten","party":"police"}],"period":{"start":"2025-01-01","end":"2028-12-31","text":"2025–2028","evidence":[]},"diary_number":"KS 2024/317","replaces":null,"decided":{"date":"2024-12-12","body":"Kommunfullmäktige","evidence":[{"page":1,"bbox":[72.0,100.0,500.0,112.0],"text":"2024-12-12","block":"b1","start":0,"end":10}]},"parts":[{"kind":"agreement","title":"Överenskommelse","pages":[1,4]}],"focus_areas":[{"id":"f1","title":"Ungas fritid","evidence":[{"page":2,"bbox":[72.0,100.0,500.0,112.0],"text":"Ungas fritid","block":"b1","start":0,"end":12}]},{"id":"f2","title":"Trafik kring skolor","evidence":[{"page":3,"bbox":[72.0,100.0,500.0,112.0],"text":"Trafik kring skolor","block":"b1","start":0,"end":19}]}],"goals":[{"id":"g1","text":"Fler ska känna sig trygga i Habo.","level":"overall","focus_area":null,"targets":[],"rule":"","evidence":[{"page":2,"bbox":[72.0,100.0,500.0,112.0],"text":"Fler","block":"b1","start":0,"end":4}]}],"problem_pictures":[{"id":"p1","title":"Problembild","text":"Kring badplatsen samlas många på kvällarna.\nBullret stör de boende.","focus_area":"f1","rule":"","evidence":[{"page":2,"bbox":[72.0,100.0,500.0,112.0],"text":"Kring badplatsen","block":"b1","start":0,"end":16}]}],"measures":[{"id":"m1","form":"row","title":"Fältgruppen möter unga vid badplatsen","cause":null,"municipality_action":null,"police_action":null,"joint_action":null,"responsible":["Kommunen","Polisen"],"participants":null,"target_group":null,"goal":null,"effect":null,"indicator":null,"schedule":null,"follow_up":null,"communication":null,"resources":null,"status":null,"place":null,"outcomes":[],"focus_area":null,"commitment":"committed","recurring":[{"id":"est","name":"EST","score":0.9}],"cells":{},"rule":"","evidence":[{"page":3,"bbox":[72.0,100.0,500.0,112.0],"text":"Fältgruppen möter unga vid badplatsen","block":"b1","start":0,"end":37}]},{"id":"m2","form":"row","title":"Belysningen ses över vid gångtunneln","cause":null,"municipality_action":null,"police_action":null,"joint_action":null,"responsible":["Kommunen","Polisen"],"participants":null,"target_group":null,"goal":null,"effect":null,"indicator":null,"schedule":null,"follow_up":null,"communication":null,"resources":null,"status":null,"place":null,"outcomes":[],"focus_area":null,"commitment":"committed","recurring":[],"cells":{},"rule":"","evidence":[{"page":3,"bbox":[72.0,100.0,500.0,112.0],"text":"Belysningen ses över vid gångtunneln","block":"b1","start":0,"end":36}]},{"id":"m3","form":"row","title":"Föräldramöten hålls om alkohol","cause":null,"municipality_action":null,"police_action":null,"joint_action":null,"responsible":["Kommunen","Polisen"],"participants":null,"target_group":null,"goal":null,"effect":null,"indicator":null,"schedule":null,"follow_up":null,"communication":null,"resources":null,"status":null,"place":null,"outcomes":[],"focus_area":null,"commitment":"committed","recurring":[],"cells":{},"rule":"","evidence":[{"page":3,"bbox":[72.0,100.0,500.0,112.0],"text":"Föräldramöten hålls om alkohol","block":"b1","start":0,"end":30}]}],"mentions":[{"id":"faltarbete","text":"fältarbete","score":1.0,"commitment":null,"evidence":[{"page":2,"bbox":[72.0,100.0,500.0,112.0],"text":"fältarbete","block":"b1","start":0,"end":10}]}],"signatories":[{"name":"Vilgot Askelund","title":"Kommunstyrelsens ordförande","party":"municipality","organisation":"Habo kommun","date":"2024-12-16","evidence":[{"page":4,"bbox":[72.0,100.0,500.0,112.0],"text":"Vilgot Askelund","block":"b1","start":0,"end":15}]},{"name":"Sabina Törnvik","title":"Lokalpolisområdeschef","party":"police","organisation":"Polisen","date":null,"evidence":[]}],"source":{"file":"habo.pdf","sha256":"0000000000000000000000000000000000000000000000000000000000000000","media_type":"application/pdf","pages":4,"ocr":false},"warnings":[{"code":"no-date","message":"Polisens underskrift saknar datum.","evidence":[{"page":4,"bbox":[72.0,100.0,500.0,112.0],"text":"","block":"b1","start":0,"end":0}]}]}');
INSERT INTO "extracted_agreements" VALUES('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',0,'are-2020-2023','{"schema_version":"1.0","id":"are-2020-2023","title":"Samverkansöverenskommelse mellan Åre kommun och Polismyndigheten 2020–2023","kind":"samverkansöverenskommelse","municipalities":[{"code":"2321","name":"Åre","county":"Jämtlands län"}],"parties":[{"name":"Åre kommun","party":"municipality"},{"name":"Polismyndigheten","party":"police"}],"period":{"start":"2020-01-01","end":"2023-12-31","text":"den 1 januari 2020 till den 31 december 2023.","evidence":[{"page":null,"bbox":null,"text":"den 1 januari 2020 till den 31 december 2023.","block":"b7","start":29,"end":74}]},"diary_number":null,"replaces":null,"decided":{"date":null,"body":null,"evidence":[]},"parts":[{"kind":"agreement","title":"Samverkansöverenskommelse mellan Åre kommun och Polismyndigheten 2020–2023","pages":null}],"focus_areas":[],"goals":[{"id":"g1","text":"Fler ska känna sig trygga i Åre.","level":"overall","focus_area":null,"targets":[],"rule":"goal-list","evidence":[{"page":null,"bbox":null,"text":"Fler ska känna sig trygga i Åre.","block":"b3","start":0,"end":32}]}],"problem_pictures":[],"measures":[{"id":"m1","form":"row","title":"Områdespolis besöker skolan","cause":null,"municipality_action":null,"police_action":null,"joint_action":null,"responsible":["Kommunen"],"participants":null,"target_group":null,"goal":null,"effect":null,"indicator":null,"schedule":"40 kvällar","follow_up":null,"communication":null,"resources":null,"status":null,"place":null,"outcomes":[],"focus_area":null,"commitment":"committed","recurring":[],"cells":{"Åtgärd":"Områdespolis besöker skolan","Ansvarig":"Kommunen","När":"40 kvällar"},"rule":"table-row","evidence":[{"page":null,"bbox":null,"text":"Områdespolis besöker skolan | Kommunen | 40 kvällar","block":"b5","start":0,"end":0}]},{"id":"m2","form":"row","title":"Föräldramöten hålls om alkohol","cause":null,"municipality_action":null,"police_action":null,"joint_action":null,"responsible":["Kommunen"],"participants":null,"target_group":null,"goal":null,"effect":null,"indicator":null,"schedule":"11 kvällar","follow_up":null,"communication":null,"resources":null,"status":null,"place":null,"outcomes":[],"focus_area":null,"commitment":"committed","recurring":[{"id":"foraldramoten","name":"Information på föräldramöten","score":0.98}],"cells":{"Åtgärd":"Föräldramöten hålls om alkohol","Ansvarig":"Kommunen","När":"11 kvällar"},"rule":"table-row","evidence":[{"page":null,"bbox":null,"text":"Föräldramöten hålls om alkohol | Kommunen | 11 kvällar","block":"b5","start":0,"end":0}]},{"id":"m3","form":"row","title":"Grannar samverkar mot inbrott","cause":null,"municipality_action":null,"police_action":null,"joint_action":null,"responsible":["Kommunen"],"participants":null,"target_group":null,"goal":null,"effect":null,"indicator":null,"schedule":"24 kvällar","follow_up":null,"communication":null,"resources":null,"status":null,"place":null,"outcomes":[],"focus_area":null,"commitment":"committed","recurring":[],"cells":{"Åtgärd":"Grannar samverkar mot inbrott","Ansvarig":"Kommunen","När":"24 kvällar"},"rule":"table-row","evidence":[{"page":null,"bbox":null,"text":"Grannar samverkar mot inbrott | Kommunen | 24 kvällar","block":"b5","start":0,"end":0}]},{"id":"m4","form":"row","title":"Krogarna får utbildning om servering","cause":null,"municipality_action":null,"police_action":null,"joint_action":null,"responsible":["Kommunen"],"participants":null,"target_group":null,"goal":null,"effect":null,"indicator":null,"schedule":"22 kvällar","follow_up":null,"communication":null,"resources":null,"status":null,"place":null,"outcomes":[],"focus_area":null,"commitment":"committed","recurring":[],"cells":{"Åtgärd":"Krogarna får utbildning om servering","Ansvarig":"Kommunen","När":"22 kvällar"},"rule":"table-row","evidence":[{"page":null,"bbox":null,"text":"Krogarna får utbildning om servering | Kommunen | 22 kvällar","block":"b5","start":0,"end":0}]},{"id":"m5","form":"row","title":"Klotter tas bort inom ett dygn","cause":null,"municipality_action":null,"police_action":null,"joint_action":null,"responsible":["Kommunen"],"participants":null,"target_group":null,"goal":null,"effect":null,"indicator":null,"schedule":"22 kvällar","follow_up":null,"communication":null,"resources":null,"status":null,"place":null,"outcomes":[],"focus_area":null,"commitment":"committed","recurring":[{"id":"klottersanering","name":"Klottersanering","score":0.94}],"cells":{"Åtgärd":"Klotter tas bort inom ett dygn","Ansvarig":"Kommunen","När":"22 kvällar"},"rule":"table-row","evidence":[{"page":null,"bbox":null,"text":"Klotter tas bort inom ett dygn | Kommunen | 22 kvällar","block":"b5","start":0,"end":0}]}],"mentions":[{"id":"foraldramoten","text":"Föräldramöten","score":0.98,"commitment":"committed","evidence":[{"page":null,"bbox":null,"text":"Föräldramöten","block":"b5.r2.c0.0","start":0,"end":13}]},{"id":"klottersanering","text":"Klotter tas bort","score":0.94,"commitment":"committed","evidence":[{"page":null,"bbox":null,"text":"Klotter tas bort","block":"b5.r5.c0.0","start":0,"end":16}]}],"signatories":[],"source":{"file":"Åre-2020.md","sha256":"fc04432101ae1f68a5b86709a2f4a7cb61c105bdbfac98f402199fc0b47d55e8","media_type":"text/markdown","pages":null,"ocr":false},"warnings":[{"code":"no-signatories","message":"Läsaren hittade inga undertecknare i dokumentet.","evidence":[]}]}');
CREATE TABLE extractions (
        source TEXT PRIMARY KEY REFERENCES sources(sha256),
        run INTEGER NOT NULL REFERENCES runs(id),
        extractor TEXT NOT NULL,
        read_from TEXT NOT NULL CHECK (read_from IN ('file', 'document')),
        schema_version TEXT,
        document_schema INTEGER,
        document BLOB,
        error TEXT,
        seconds REAL,
        read_at TEXT NOT NULL
    );
INSERT INTO "extractions" VALUES('848b02b09f2d7d7c9dc9cbfacfa0a2135272cf8c9da75ba24177c38e387da4cb',1,'test','file','1.0',NULL,NULL,NULL,NULL,'2026-01-01T00:00:00Z');
INSERT INTO "extractions" VALUES('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',2,'test','file','1.0',1,X'789C9D964B6EDB301040AF4268EDB82225F9B7EB265904FD005D1641408994C48A220D92766A0401BAC9090AF404C9157201DDA427E9506DAAA4B1CCD41B931A733E7C1CCEF03AB27A630A1EADAEA3524818A3EED6F013129378DAB26812D99A926C06F2B288D3342138C694E372B6A059BE98CDE32525654AE7453EC3058EB39CE5252D968B328D095E2E41294FE72CCBF8026CB59C097AE9766BEFC7F1AFEE4D4B4DC3F495823FD7B4E2365AA98D9437932897BA68E0F3F3752418ACCE312C6984F2F39A53265405026F03049F68BBE5A6A1CA760F30E1CA36BA6DB9B41CC1AFA40AF94D212FDC28A48B1A7DD452D876A798A86AEEB8427EC33FBF7D872101BB926FB98C56F866F2E89E1C70FFAEBB9783121994924109DCB913E1783BA89D4A6E906D286ABA3BA528B2A242CEECAA8A22D1073C7D1209C00354DC80DE493478480F84D5DDBAAABB330C94F605970DAA8EE670F47F15FDAC974052187D7559E88D02F96C12155A6E5AF528484000787F9F122C8C56F1E3927EFAE20CB3A989A7453C8D07D76B6A6865E8BA7E19777473E1A3FDD7301E358C0386DF2ABBA546542386C9A8611230FC1EC27D6A140731E030860FADE9EE19B76B9FAA28E790DB4D9F301A127AC4DB081B1C6673DEDF0D3E6678840D0EB34963D46CBB3BB885CF10912022124674DA3D1830CD0C6DBB077F8B6BB889D222DD222A1B5D6B39E2728413398E13097222614E18EFE594043925614E6786428181DCF953270D6AB54342E5463B37E26D0451721CA2248828092322E95E446910511A46746E74450D54E1B2BB3768E37221998272EA73C97203D87C6DDDEF7504557A1CAA34882A7D052AB21755164495BD029584AC814AE42894256D7C220124EE1C62BB4A8DB81B61941DC7280B32CAFE9BD1C5A46FA1DC5C820BEB9BFFD02B6707DAEC9990AE7F455827D8DE4E3B3FDCEE7E3C7FB22854F9A00070090D402106128CBE50B581DED5BF53901352F6F204C350F03687D5FEE932F51BF90556C02C45',NULL,NULL,'2026-01-01T00:00:00Z');
INSERT INTO "extractions" VALUES('bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb',2,'test','file',NULL,NULL,NULL,'is encrypted',NULL,'2026-01-01T00:00:00Z');
CREATE TABLE files (
        id INTEGER PRIMARY KEY,
        source TEXT NOT NULL REFERENCES sources(sha256),
        name TEXT NOT NULL,
        place TEXT NOT NULL,
        address TEXT,
        facts TEXT NOT NULL DEFAULT '{}',
        run INTEGER NOT NULL REFERENCES runs(id),
        added_at TEXT NOT NULL,
        UNIQUE (source, place)
    );
INSERT INTO "files" VALUES(1,'848b02b09f2d7d7c9dc9cbfacfa0a2135272cf8c9da75ba24177c38e387da4cb','habo-2025-2028-848b02.pdf','/papper/habo-2025-2028-848b02.pdf','https://example.org/habo.pdf','{"kommun": "Habo"}',1,'2026-01-01T00:00:00Z');
INSERT INTO "files" VALUES(2,'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa','Åre-2020.md','/papper/Åre-2020.md',NULL,'{}',2,'2026-01-01T00:00:00Z');
INSERT INTO "files" VALUES(3,'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb','trasig.pdf','/papper/trasig.pdf',NULL,'{}',2,'2026-01-01T00:00:00Z');
CREATE TABLE identities (
        id TEXT PRIMARY KEY,
        source TEXT NOT NULL REFERENCES sources(sha256),
        position INTEGER NOT NULL,
        slug TEXT NOT NULL,
        run INTEGER NOT NULL REFERENCES runs(id)
    ) WITHOUT ROWID
    ;
INSERT INTO "identities" VALUES('are-2020-2023','aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',0,'are-2020-2023',2);
INSERT INTO "identities" VALUES('habo-2025-2028','848b02b09f2d7d7c9dc9cbfacfa0a2135272cf8c9da75ba24177c38e387da4cb',0,'habo-2025-2028',1);
CREATE TABLE outcomes (
        id INTEGER PRIMARY KEY,
        run INTEGER NOT NULL REFERENCES runs(id),
        place TEXT NOT NULL,
        source TEXT REFERENCES sources(sha256),
        outcome TEXT NOT NULL,
        reason TEXT,
        at TEXT NOT NULL
    );
INSERT INTO "outcomes" VALUES(1,1,'/papper/habo-2025-2028-848b02.pdf','848b02b09f2d7d7c9dc9cbfacfa0a2135272cf8c9da75ba24177c38e387da4cb','added',NULL,'2026-01-01T00:00:00Z');
INSERT INTO "outcomes" VALUES(2,2,'/papper/Åre-2020.md','aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa','added',NULL,'2026-01-01T00:00:00Z');
INSERT INTO "outcomes" VALUES(3,2,'/papper/trasig.pdf','bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb','failed','is encrypted','2026-01-01T00:00:00Z');
CREATE TABLE runs (
        id INTEGER PRIMARY KEY,
        command TEXT NOT NULL,
        version TEXT NOT NULL,
        extractor TEXT NOT NULL,
        settings TEXT NOT NULL,
        started_at TEXT NOT NULL,
        finished_at TEXT
    );
INSERT INTO "runs" VALUES(1,'add','0.1.0','test','{}','2026-01-01T00:00:00Z',NULL);
INSERT INTO "runs" VALUES(2,'add','0.1.0','test','{"files": 2}','2026-01-01T00:00:00Z','2026-01-01T00:00:00Z');
CREATE TABLE sample_items (
        sample INTEGER NOT NULL REFERENCES samples(id),
        number INTEGER NOT NULL,
        source TEXT NOT NULL REFERENCES sources(sha256),
        position INTEGER NOT NULL,
        list TEXT NOT NULL,
        anchor TEXT NOT NULL,
        field TEXT NOT NULL,
        value TEXT NOT NULL,
        PRIMARY KEY (sample, number)
    );
CREATE TABLE samples (
        id INTEGER PRIMARY KEY,
        seed TEXT NOT NULL,
        size INTEGER NOT NULL,
        each_field INTEGER NOT NULL,
        population INTEGER NOT NULL,
        run INTEGER NOT NULL REFERENCES runs(id),
        drawn_at TEXT NOT NULL
    );
CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
INSERT INTO "settings" VALUES('salt','00112233445566778899aabbccddeeff');
CREATE TABLE sources (
        sha256 TEXT PRIMARY KEY,
        bytes INTEGER NOT NULL,
        run INTEGER NOT NULL REFERENCES runs(id),
        added_at TEXT NOT NULL
    ) WITHOUT ROWID
    ;
INSERT INTO "sources" VALUES('848b02b09f2d7d7c9dc9cbfacfa0a2135272cf8c9da75ba24177c38e387da4cb',4248,1,'2026-01-01T00:00:00Z');
INSERT INTO "sources" VALUES('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',601,2,'2026-01-01T00:00:00Z');
INSERT INTO "sources" VALUES('bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb',9,2,'2026-01-01T00:00:00Z');
CREATE INDEX identities_by_place ON identities (source, position);
CREATE INDEX outcomes_by_run ON outcomes (run);
CREATE INDEX corrections_by_source ON corrections (source, position);
CREATE INDEX checks_by_source ON checks (source, position);
COMMIT;
