import type { ImportList } from './list-names';

/**
 * What columns are called in English, German, French and Spanish, by the field that they fill. `customer` and
 * `vehicle` refer to another record by its key. Spellings are compared without case, accents and punctuation.
 */
export const COLUMN_NAMES = {
	vehicles: {
		vin: [
			...['vin', 'vin number', 'vehicle identification number', 'chassis number', 'Fahrgestellnummer'],
			...['Fahrgestell-Nr', 'FIN', 'Fahrzeug-Identifizierungsnummer', 'Fahrzeugidentnummer'],
			...['numéro de châssis', 'numéro VIN', 'n° VIN', 'n° de châssis', 'número de bastidor', 'bastidor'],
			...['nº de bastidor', 'número de chasis', 'chasis'],
		],
		plate: [
			...['plate', 'license plate', 'licence plate', 'plate number', 'license plate number'],
			...['licence plate number', 'number plate', 'registration', 'registration number', 'reg no'],
			...[
				'registration plate',
				'Kennzeichen',
				'amtliches Kennzeichen',
				'amtl. Kennzeichen',
				'KFZ-Kennzeichen',
				'Nummernschild',
			],
			...['immatriculation', "plaque d'immatriculation", "numéro d'immatriculation", 'plaque'],
			...['matrícula', 'número de matrícula', 'placa', 'patente'],
		],
		externalId: [
			...[
				'external id',
				'id',
				'vehicle id',
				'unit',
				'unit number',
				'fleet number',
				'device id',
				'tracker id',
			],
			...['Fahrzeug-ID', 'Fahrzeugnummer', 'Flottennummer', 'Inventarnummer', 'externe ID', 'numéro de parc'],
			...['id véhicule', 'id vehículo', 'número de flota', 'id externo', 'identifiant externe'],
		],
		name: ['name', 'vehicle name', 'Bezeichnung', 'Fahrzeugname', 'nom', 'désignation', 'nombre', 'alias'],
		make: [
			'make',
			'manufacturer',
			'brand',
			'Hersteller',
			'Marke',
			'marque',
			'constructeur',
			'marca',
			'fabricante',
		],
		model: ['model', 'Modell', 'Typ', 'modèle', 'modelo'],
		year: [
			...['year', 'model year', 'year of manufacture', 'Baujahr', 'Modelljahr', 'année', 'année modèle'],
			...['año', 'año modelo', 'año de fabricación'],
		],
		customer: [
			...['customer', 'customer id', 'customer external id', 'customer number', 'customer no', 'account'],
			...[
				'Kunde',
				'Kundennummer',
				'Kunden-Nr',
				'Kunden-ID',
				'client',
				'client id',
				'numéro client',
				'n° client',
			],
			...['cliente', 'id cliente', 'número de cliente', 'código de cliente'],
		],
		attributes: ['attributes'],
	},
	customers: {
		externalId: [
			...['external id', 'id', 'customer id', 'customer external id', 'customer number', 'customer no'],
			...[
				'account number',
				'Kundennummer',
				'Kunden-Nr',
				'Kunden-ID',
				'externe ID',
				'numéro client',
				'n° client',
			],
			...['client id', 'id client', 'identifiant externe', 'id cliente', 'número de cliente', 'id externo'],
		],
		name: [
			...['name', 'customer', 'customer name', 'company', 'company name', 'Firma', 'Kunde', 'Kundenname'],
			...['nom', 'client', 'société', 'raison sociale', 'nombre', 'cliente', 'empresa', 'razón social'],
		],
		email: [
			...['email', 'e-mail', 'email address', 'mail', 'E-Mail-Adresse', 'courriel', 'adresse e-mail'],
			...['correo', 'correo electrónico'],
		],
		phone: [
			...['phone', 'phone number', 'telephone', 'mobile', 'Telefon', 'Telefonnummer', 'téléphone', 'tél'],
			...['teléfono', 'móvil'],
		],
		attributes: ['attributes'],
	},
	tasks: {
		title: ['title', 'task', 'subject', 'Titel', 'Aufgabe', 'Betreff', 'titre', 'tâche', 'título', 'tarea'],
		description: ['description', 'details', 'notes', 'Beschreibung', 'Notiz', 'descripción', 'detalles'],
		dueAt: [
			...['due at', 'due', 'due date', 'deadline', 'fällig', 'fällig am', 'Frist', 'échéance'],
			...["date d'échéance", 'fecha límite', 'vencimiento'],
		],
		vehicle: [
			...[
				'vehicle',
				'vehicle key',
				'vin',
				'plate',
				'license plate',
				'licence plate',
				'vehicle id',
				'Fahrzeug',
			],
			...['FIN', 'Kennzeichen', 'véhicule', 'immatriculation', 'vehículo', 'matrícula'],
		],
		customer: [
			'customer',
			'customer id',
			'customer external id',
			'Kunde',
			'Kundennummer',
			'client',
			'cliente',
		],
	},
	statuses: {
		messageId: ['message id', 'event id', 'Meldungs-ID', 'id message', 'id mensaje'],
		vehicle: [
			...['vehicle', 'vehicle key', 'vin', 'plate', 'license plate', 'licence plate', 'external id'],
			...['vehicle id', 'device id', 'Fahrzeug', 'FIN', 'Fahrgestellnummer', 'Kennzeichen', 'véhicule'],
			...['immatriculation', 'vehículo', 'matrícula'],
		],
		reportedAt: [
			...[
				'reported at',
				'timestamp',
				'time',
				'date time',
				'fix time',
				'recorded at',
				'Zeitpunkt',
				'Zeitstempel',
			],
			...['gemeldet am', 'Zeit', 'horodatage', 'date et heure', 'fecha y hora', 'marca de tiempo'],
		],
		sequence: ['sequence', 'sequence number', 'Sequenz', 'séquence', 'secuencia'],
		latitude: ['latitude', 'lat', 'Breitengrad', 'Breite', 'latitud'],
		longitude: ['longitude', 'lon', 'lng', 'long', 'Längengrad', 'Länge', 'longitud'],
		heading: ['heading', 'course', 'bearing', 'direction', 'Richtung', 'Kurs', 'cap', 'rumbo'],
		position: ['position'],
		attributes: ['attributes'],
	},
} as const satisfies Record<ImportList, Record<string, readonly string[]>>;

/** Attributes that hold a day, by their usual names; any other column with `date` in its name holds one too. */
export const DATE_ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
	firstRegistration: [
		...['first registration', 'first registration date', 'date of first registration', 'registration date'],
		...['Erstzulassung', 'EZ', 'Datum der Erstzulassung', 'date de première immatriculation'],
		...['première immatriculation', 'mise en circulation', 'date de mise en circulation'],
		...['primera matriculación', 'fecha de primera matriculación', 'fecha de matriculación'],
	],
	nextInspection: [
		...['next inspection', 'inspection due', 'next inspection date', 'MOT due', 'HU', 'nächste HU', 'TÜV'],
		...['Hauptuntersuchung', 'contrôle technique', 'prochain contrôle technique', 'ITV', 'próxima ITV'],
	],
};
