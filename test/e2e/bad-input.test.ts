import { badItems } from './bad-input/items';
import { badMessages } from './bad-input/messages';
import { badUploads } from './bad-input/uploads';
import { type RunningFleet, START_WITHIN_MS, startFleet } from './lib/start-fleet';

let fleet: RunningFleet;

beforeAll(async () => {
	fleet = await startFleet();
}, START_WITHIN_MS);

afterAll(async () => await fleet?.stop(), START_WITHIN_MS);

badUploads(() => fleet);
badMessages(() => fleet);
badItems(() => fleet);
