/** Roads as points [latitude, longitude] along them, by the market whose vehicles drive there. */
const ROADS = {
	DE: [
		// A8 Munich - Augsburg - Ulm
		[
			[48.1547, 11.4636],
			[48.2257, 11.3125],
			[48.2799, 11.1243],
			[48.4001, 10.8803],
			[48.4569, 10.2745],
		],
		// A9 Munich - Ingolstadt - Nuremberg
		[
			[48.1862, 11.6156],
			[48.4043, 11.5903],
			[48.5623, 11.4842],
			[48.7665, 11.4258],
			[49.3897, 11.2223],
		],
		// A24 Berlin - Hamburg
		[
			[52.6053, 13.2307],
			[52.9285, 12.8034],
			[53.1529, 12.0706],
			[53.4129, 11.2107],
			[53.5503, 10.1183],
		],
	],
	FR: [
		// A6 Lyon - Mâcon - Beaune
		[
			[45.7912, 4.8017],
			[45.9891, 4.7188],
			[46.3069, 4.8287],
			[46.7808, 4.8539],
			[47.0239, 4.8396],
		],
		// A10 Paris - Orléans - Tours
		[
			[48.7262, 2.2607],
			[48.4385, 1.8843],
			[47.9025, 1.909],
			[47.5861, 1.3359],
			[47.3941, 0.6848],
		],
	],
	US: [
		// I-55 Chicago - Joliet - Bloomington
		[
			[41.8527, -87.6351],
			[41.6986, -88.0684],
			[41.525, -88.0817],
			[41.102, -88.427],
			[40.4842, -88.9937],
		],
		// I-25 Denver - Colorado Springs - Pueblo
		[
			[39.7392, -104.9903],
			[39.3722, -104.8561],
			[38.8339, -104.8214],
			[38.2544, -104.6091],
		],
	],
};
const EARTH_KM = 6371;
const radians = (degrees) => (degrees * Math.PI) / 180;
const rounded = (value, digits) => Number(value.toFixed(digits));

/** Great-circle distance by the haversine formula. */
export function distanceKm([fromLat, fromLon], [toLat, toLon]) {
	const half = (from, to) => Math.sin(radians(to - from) / 2) ** 2;
	const a =
		half(fromLat, toLat) + Math.cos(radians(fromLat)) * Math.cos(radians(toLat)) * half(fromLon, toLon);
	return 2 * EARTH_KM * Math.asin(Math.sqrt(a));
}

function headingOf([fromLat, fromLon], [toLat, toLon]) {
	const east = (toLon - fromLon) * Math.cos(radians(fromLat));
	return (Math.atan2(east, toLat - fromLat) * (180 / Math.PI) + 360) % 360;
}

/** Where one is after `km` along a road, driven to and fro. */
function pointAt(road, km) {
	const legs = road.slice(1).map((end, at) => ({ start: road[at], end, km: distanceKm(road[at], end) }));
	const length = legs.reduce((sum, leg) => sum + leg.km, 0);
	const back = Math.floor(km / length) % 2 === 1;
	let left = back ? length - (km % length) : km % length;
	const leg = legs.find((candidate) => (left -= candidate.km) <= 0) ?? legs[legs.length - 1];
	const share = Math.min(1, Math.max(0, 1 + left / leg.km));
	const [lat, lon] = [0, 1].map((axis) => leg.start[axis] + share * (leg.end[axis] - leg.start[axis]));
	const heading = headingOf(leg.start, leg.end);
	return {
		latitude: rounded(lat, 5),
		longitude: rounded(lon, 5),
		heading: Math.round(back ? heading + 180 : heading) % 360,
	};
}

/**
 * A vehicle on its way: each call answers what it reports `minutes` later. Fuel goes down with the kilometres and is
 * filled up when it is nearly gone; a cold engine warms up.
 */
export function driveVehicle(random, vehicle) {
	const road = random.pick(ROADS[vehicle.market]);
	const cruise = random.number(60, 110);
	const usedPerKm = vehicle.tankSizeLitres > 0 ? random.number(20, 30) / vehicle.tankSizeLitres / 2 : 0.3;
	let km = random.number(0, 250);
	let odometer = random.number(5_000, 250_000);
	let fuelLevel = random.number(8, 100);
	let engineTemperature = random.number(5, 25);
	return (minutes) => {
		const speed = random.chance(0.1) ? 0 : cruise * random.number(0.7, 1.1);
		const driven = (speed * minutes) / 60;
		km += driven;
		odometer += driven;
		fuelLevel -= driven * usedPerKm;
		if (fuelLevel < 3) fuelLevel = 100;
		engineTemperature += (random.number(84, 96) - engineTemperature) * Math.min(1, minutes / 6);
		return {
			position: pointAt(road, km),
			attributes: {
				speed: rounded(speed, 1),
				odometer: rounded(odometer, 1),
				fuelLevel: rounded(fuelLevel, 1),
				engineTemperature: rounded(engineTemperature, 1),
				ignition: true,
			},
		};
	};
}

/** Status messages of the first vehicles, ten of each, a minute apart from `start` (epoch ms) on, in order of time. */
export function generateStatuses(random, vehicles, count, start) {
	const each = 10;
	const drivers = vehicles.slice(0, Math.ceil(count / each)).map((vehicle) => ({
		vehicle,
		offsetMs: random.integer(0, 59_999),
		report: driveVehicle(random, vehicle),
	}));
	const statuses = [];
	for (let round = 0; round < Math.ceil(count / drivers.length); round += 1) {
		for (const { vehicle, offsetMs, report } of drivers) {
			statuses.push({ vehicle: vehicle.vin, at: start + round * 60_000 + offsetMs, ...report(1) });
		}
	}
	return statuses
		.sort((a, b) => a.at - b.at)
		.slice(0, count)
		.map(({ vehicle, at, ...report }) => ({ vehicle, reportedAt: new Date(at).toISOString(), ...report }));
}
