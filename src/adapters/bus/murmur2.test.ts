import { murmur2 } from './murmur2';

// From Kafka's own UtilsTest.testMurmur2.
it.each([
	['21', -973932308],
	['foobar', -790332482],
	['a-little-bit-long-string', -985981536],
	['a-little-bit-longer-string', -1486304829],
	['lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8', -58897971],
	['abc', 479470107],
])('hashes %s as Kafka does', (text, hash) => {
	expect(murmur2(Buffer.from(text))).toBe(hash);
});

it('hashes bytes that are a part of a larger buffer', () => {
	expect(murmur2(Buffer.from('-foobar-').subarray(1, 7))).toBe(-790332482);
});
