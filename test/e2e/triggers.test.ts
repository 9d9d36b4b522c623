import { eventsOnce } from './triggers/events';
import { acknowledgedAfterSuccess } from './triggers/messages';
import { restartWithMessages } from './triggers/restart';
import { freePort } from '../lib/services/child-service';
import { type SmtpSink, startSmtpSink } from '../lib/smtp-sink';
import { type RunningFleet, START_WITHIN_MS, startFleet } from './lib/start-fleet';

let fleet: RunningFleet;
let sink: SmtpSink;

beforeAll(async () => {
	sink = await startSmtpSink(await freePort());
	fleet = await startFleet({ smtpPort: sink.port });
}, START_WITHIN_MS);

afterAll(async () => {
	await fleet?.stop();
	await sink?.close();
}, START_WITHIN_MS);

const running = () => fleet;
const setRunning = (restarted: RunningFleet) => {
	fleet = restarted;
};
const events = eventsOnce(running);

acknowledgedAfterSuccess(running, () => sink);
events.areTold();
restartWithMessages('SIGTERM', running, setRunning, events.whileDown);
events.areCaughtUp();
restartWithMessages('SIGKILL', running, setRunning);
