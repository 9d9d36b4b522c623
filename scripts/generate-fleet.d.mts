export interface GenerateOptions {
	readonly vehicles?: number;
	readonly seed?: number;
}

export interface GeneratedVehicle {
	readonly vin: string;
	readonly plate: string;
	readonly make: string;
	readonly model: string;
	readonly year: number;
	readonly fuelType: string;
	readonly tankSizeLitres: number;
	/** yyyy-mm-dd */
	readonly firstRegistration: string;
	/** Where it drives: DE, FR or US. */
	readonly market: string;
}

export interface GeneratedCustomer {
	readonly externalId: string;
	readonly name: string;
	readonly email: string;
	readonly phone: string;
}

export interface GeneratedStatus {
	/** The VIN. */
	readonly vehicle: string;
	/** ISO 8601 */
	readonly reportedAt: string;
	readonly position: { readonly latitude: number; readonly longitude: number; readonly heading: number };
	readonly attributes: Readonly<Record<string, number | string | boolean>>;
}

export function generateFleet(options?: GenerateOptions): {
	readonly vehicles: GeneratedVehicle[];
	readonly customers: GeneratedCustomer[];
	/** In order of time. */
	readonly statuses: GeneratedStatus[];
};
export function generateFiles(options?: GenerateOptions): Record<string, string>;
export function writeFleet(folder: string, options?: GenerateOptions): string[];
