import { freePort } from '../lib/services/child-service';
import { kafkaTest } from './credentials/kafka';
import type { Surroundings } from './credentials/press-test';
import { mqttTest } from './credentials/mqtt';
import { mailServerTest, redisTest } from './credentials/servers';
import { storeTest } from './credentials/stores';
import { START_WITHIN_MS, startFleet } from './lib/start-fleet';

let surroundings: Surroundings;

beforeAll(async () => {
	surroundings = { fleet: await startFleet(), nobody: await freePort() };
}, START_WITHIN_MS);

afterAll(async () => await surroundings?.fleet.stop(), START_WITHIN_MS);

const around = () => surroundings;
mailServerTest(around);
redisTest(around);
kafkaTest(around);
storeTest(around);
// The last: it leaves a vehicle in the embedded store.
mqttTest(around);
