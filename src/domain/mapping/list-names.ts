import { normaliseName } from './normalise-name';

/** In the order in which they can refer to each other. */
export const IMPORT_LISTS = ['customers', 'vehicles', 'tasks', 'statuses'] as const;
export type ImportList = (typeof IMPORT_LISTS)[number];

const ALIASES: Record<ImportList, readonly string[]> = {
	customers: ['customers', 'customer', 'Kunden', 'Kunde', 'clients', 'client', 'clientes', 'cliente'],
	vehicles: [
		...['vehicles', 'vehicle', 'cars', 'trucks', 'fleet', 'Fahrzeuge', 'Fahrzeug', 'Flotte'],
		...['véhicules', 'véhicule', 'flotte', 'vehículos', 'vehículo', 'flota'],
	],
	tasks: ['tasks', 'task', 'jobs', 'orders', 'Aufgaben', 'Aufträge', 'tâches', 'tareas'],
	statuses: [
		...['statuses', 'status', 'statusMessages', 'messages', 'positions', 'reports', 'telemetry'],
		...['Meldungen', 'Statusmeldungen', 'Positionen', 'statuts', 'messages', 'estados', 'mensajes'],
	],
};

const BY_NAME = new Map(
	IMPORT_LISTS.flatMap((list) => ALIASES[list].map((alias) => [normaliseName(alias), list] as const)),
);

/** Which records a JSON's list holds by its name; null when the name says nothing. */
export function listOf(name: string): ImportList | null {
	return BY_NAME.get(normaliseName(name)) ?? null;
}
