/**
 * What columns are called in English, German, French, Spanish, Italian, Dutch and Polish, by the field that they fill.
 * Spellings are compared without case, accents and punctuation.
 */
type Spellings = Readonly<Record<string, string>>;

const VEHICLE_IDS =
	'id | external id | vehicle id | unit | unit number | unit id | fleet number | fleet no | asset id | asset number | device id | tracker id | imei | Fahrzeug-ID | Fahrzeugnummer | Fahrzeug-Nr | Flottennummer | Inventarnummer | Wagennummer | externe ID | numéro de parc | n° de parc | id véhicule | identifiant externe | id vehículo | número de flota | id externo | id veicolo | numero flotta | voertuig-id | voertuignummer | vlootnummer | id pojazdu | numer pojazdu | numer floty';
const CUSTOMER_IDS =
	'customer id | customer external id | customer number | customer no | customer code | customer key | client id | client number | account number | account no | Kundennummer | Kunden-Nr | Kunden-ID | Kd-Nr | KdNr | numéro client | numéro de client | n° client | id client | code client | id cliente | número de cliente | código de cliente | codice cliente | numero cliente | klantnummer | klant-id | klantnr | numer klienta | id klienta | nr klienta';
const VINS =
	'vin | vin number | vin no | vin code | vehicle identification number | vehicle vin | chassis number | chassis no | Fahrgestellnummer | Fahrgestell-Nr | FIN | FIN-Nummer | Fahrzeug-Identifizierungsnummer | Fahrzeugidentifikationsnummer | Fahrzeugidentnummer | numéro de châssis | numéro VIN | n° VIN | n° de châssis | número de bastidor | bastidor | nº de bastidor | número de chasis | chasis | numero di telaio | numero telaio | telaio | n. telaio | chassisnummer | voertuigidentificatienummer | numer VIN | nr VIN | numer nadwozia';
const PLATES =
	"plate | license plate | licence plate | plate number | plate no | license plate number | licence plate number | number plate | registration | registration number | registration no | reg no | reg | registration plate | vehicle registration | Kennzeichen | amtliches Kennzeichen | amtl. Kennzeichen | KFZ-Kennzeichen | Nummernschild | pol. Kennzeichen | immatriculation | plaque d'immatriculation | numéro d'immatriculation | n° d'immatriculation | plaque | matrícula | número de matrícula | placa | patente | targa | numero di targa | kenteken | nummerplaat | nummerbord | numer rejestracyjny | nr rejestracyjny | tablica rejestracyjna | rejestracja";
const VEHICLES = 'vehicle | vehicle key | Fahrzeug | véhicule | vehículo | veicolo | voertuig | pojazd';
const EMAILS =
	'email | e-mail | email address | mail | E-Mail-Adresse | Mailadresse | courriel | adresse e-mail | adresse mail | mél | correo | correo electrónico | dirección de correo | posta elettronica | indirizzo e-mail | e-mailadres | adres e-mail';
const PHONES =
	'phone | phone number | phone no | telephone | telephone number | mobile | mobile number | cell phone | Telefon | Telefonnummer | Tel. | Mobil | Handy | téléphone | tél | numéro de téléphone | portable | teléfono | móvil | número de teléfono | telefono | cellulare | telefoon | telefoonnummer | mobiel | telefon komórkowy | numer telefonu';
const NAMES = 'name | Bezeichnung | nom | désignation | nombre | nome | naam | nazwa';
const CUSTOMERS = 'customer | client | account | Kunde | cliente | klant | klient';

export const VEHICLE_NAMES = {
	vin: VINS,
	plate: PLATES,
	externalId: VEHICLE_IDS,
	name: `${NAMES} | vehicle name | alias | Fahrzeugname | nom du véhicule | nombre del vehículo | nome veicolo | voertuignaam | nazwa pojazdu`,
	make: 'make | manufacturer | brand | Hersteller | Marke | Fabrikat | marque | constructeur | marca | fabricante | costruttore | merk | fabrikant | marka | producent',
	model: 'model | vehicle model | Modell | Typ | modèle | modelo | modello',
	year: 'year | model year | year of manufacture | year built | Baujahr | Modelljahr | année | année modèle | année de construction | año | año modelo | año de fabricación | anno | anno di fabbricazione | anno modello | bouwjaar | modeljaar | rok produkcji | rocznik',
	customer: `${CUSTOMERS} | ${CUSTOMER_IDS}`,
	attributes: 'attributes',
} as const satisfies Spellings;

export const CUSTOMER_NAMES = {
	externalId: `id | external id | externe ID | identifiant externe | id externo | id esterno | ${CUSTOMER_IDS}`,
	name: `${NAMES} | ${CUSTOMERS} | customer name | client name | company | company name | Firma | Firmenname | Kundenname | Unternehmen | société | entreprise | raison sociale | nom du client | empresa | razón social | azienda | società | ragione sociale | bedrijf | bedrijfsnaam | klantnaam | nazwa firmy | nazwa klienta`,
	email: EMAILS,
	phone: PHONES,
	attributes: 'attributes',
} as const satisfies Spellings;

export const TASK_NAMES = {
	title:
		'title | task | subject | Titel | Aufgabe | Betreff | titre | tâche | objet | título | tarea | asunto | titolo | attività | oggetto | taak | onderwerp | tytuł | zadanie | temat',
	description:
		'description | details | notes | note | Beschreibung | Notiz | Notizen | Bemerkung | détails | remarques | descripción | detalles | notas | descrizione | dettagli | omschrijving | beschrijving | opis | uwagi',
	state: 'state | status | task state | Zustand | état | statut | estado | stato | stan',
	dueAt:
		"due at | due | due date | deadline | fällig | fällig am | Fälligkeit | Frist | échéance | date d'échéance | fecha límite | vencimiento | fecha de vencimiento | scadenza | data di scadenza | vervaldatum | uiterste datum | termin | termin wykonania",
	closedAt:
		'closed at | closed | completed at | completed on | done at | erledigt am | abgeschlossen am | terminé le | clôturé le | completado el | cerrado el | completato il | afgerond op | zakończono',
	vehicle: `${VEHICLES} | ${VINS} | ${PLATES} | vehicle id | vehicle external id | Fahrzeug-ID | Fahrzeugnummer | unit number`,
	customer: `${CUSTOMERS} | ${CUSTOMER_IDS}`,
} as const satisfies Spellings;

const TIMES =
	'reported at | timestamp | fix time | gps time | position time | recorded at | last seen | last report | last position time | Zeitstempel | gemeldet am | Meldezeit | Positionszeit | letzte Meldung | horodatage | heure de position | date et heure de position | marca de tiempo | fecha de posición | data e ora posizione | ultima posizione | tijdstempel | laatste melding | znacznik czasu | czas pozycji';
const LATITUDES =
	'latitude | lat | gps lat | gps latitude | Breitengrad | Breite | latitud | latitudine | breedtegraad | szerokość geograficzna';
const LONGITUDES =
	'longitude | lon | lng | long | gps lon | gps lng | gps longitude | Längengrad | Länge | longitud | longitudine | lengtegraad | długość geograficzna';
const HEADINGS =
	'heading | course | bearing | Richtung | Kurs | Fahrtrichtung | cap | rumbo | direzione | rotta | koers | kurs';

export const STATUS_NAMES = {
	messageId: 'message id | event id | Meldungs-ID | id message | id mensaje | id messaggio | bericht-id',
	vehicle: `${VEHICLES} | ${VINS} | ${PLATES} | external id | vehicle id | device id | tracker id | imei | unit number | Fahrzeug-ID | Fahrzeugnummer | id véhicule | id vehículo | id veicolo | voertuig-id | id pojazdu`,
	reportedAt: `${TIMES} | time | date time | datetime | Zeitpunkt | Zeit | Datum/Uhrzeit | Datum und Uhrzeit | date et heure | fecha y hora | data e ora | data ora | tijd | tijdstip | datum en tijd | data i czas | czas`,
	sequence: 'sequence | sequence number | Sequenz | séquence | secuencia | sequenza | volgnummer | sekwencja',
	latitude: LATITUDES,
	longitude: LONGITUDES,
	heading: `${HEADINGS} | direction`,
	position: 'position',
	attributes: 'attributes',
} as const satisfies Spellings;

/** Columns of a list of vehicles that can only be of a report; those of its other values are `REPORTED_ATTRIBUTES`. */
export const FIRST_STATUS_NAMES = {
	reportedAt: TIMES,
	latitude: LATITUDES,
	longitude: LONGITUDES,
	heading: HEADINGS,
} as const satisfies Spellings;

/** Names of values that change while a vehicle is driven: beside a time of report they belong to the report. */
export const REPORTED_ATTRIBUTES = {
	odometer:
		'odometer | mileage | odometer reading | Kilometerstand | km-Stand | Tachostand | Laufleistung | kilométrage | compteur | kilometraje | cuentakilómetros | chilometraggio | contachilometri | kilometerteller | kilometerstand | przebieg | stan licznika',
	speed: 'speed | Geschwindigkeit | Tempo | vitesse | velocidad | velocità | snelheid | prędkość',
	fuelLevel:
		'fuel level | fuel percent | Tankstand | Tankfüllstand | Füllstand | niveau de carburant | niveau carburant | nivel de combustible | livello carburante | brandstofniveau | poziom paliwa',
	batteryLevel:
		'battery level | state of charge | soc | Ladestand | Akkustand | niveau de batterie | nivel de batería | livello batteria | batterijniveau | poziom baterii',
	engineHours:
		'engine hours | Betriebsstunden | Motorstunden | heures moteur | horas de motor | ore motore | draaiuren | motogodziny',
	ignition: 'ignition | Zündung | contact | allumage | encendido | contatto | ontsteking | zapłon',
} as const satisfies Spellings;

/** Attributes of vehicles that hold a day, by their usual names. */
export const DATE_ATTRIBUTES = {
	firstRegistration:
		'first registration | first registration date | date of first registration | registration date | Erstzulassung | EZ | Datum der Erstzulassung | date de première immatriculation | première immatriculation | mise en circulation | date de mise en circulation | primera matriculación | fecha de primera matriculación | fecha de matriculación | prima immatricolazione | data di immatricolazione | eerste toelating | datum eerste toelating | data pierwszej rejestracji',
	nextInspection:
		'next inspection | inspection due | next inspection date | MOT due | HU | nächste HU | TÜV | HU bis | TÜV bis | Hauptuntersuchung | contrôle technique | prochain contrôle technique | ITV | próxima ITV | revisione | prossima revisione | APK | APK-datum | przegląd | termin przeglądu',
} as const satisfies Spellings;

const words = (spellings: string) => spellings.split('|').map((word) => word.trim());

/** What a customer's fields are called in a list of vehicles, e.g. `Kunde E-Mail`, `nom du client`. */
export const CUSTOMER_PART_WORDS = {
	owners: [...words(CUSTOMERS), 'Kunden', 'klienta', 'company', 'Firma', 'Firmen', 'owner', 'Halter'],
	fields: { name: words(NAMES), email: words(EMAILS), phone: words(PHONES) },
	connectors: ['', 'du', 'de', 'del', 'di', 'van', 'of'],
} as const;

export const spellingsOf = words;
