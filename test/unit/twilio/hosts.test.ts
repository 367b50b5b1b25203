import fc from 'fast-check';
import { BlockList } from 'node:net';

import { isPublicHost } from '../../../nodes/TwilioSms/twilio/hosts';

const isPublic = (url: string) => isPublicHost(new URL(url).hostname);

describe('Twilio can reach', () => {
	it.each([
		'https://n8n.example.com',
		'https://n8n.example.com.',
		'https://abc-123.trycloudflare.com',
		'https://1a2b.ngrok-free.app',
		'https://münchen.de',
		'https://mylocalhost.com',
		'https://n8n.mylan',
		'https://local.example.com',
		'https://internal.example.com',
		'https://10.example.com',
		'http://0.tcp.ngrok.io:12345',
		'https://127.nl',
		'http://203.0.113.7:5678',
		'http://8.8.8.8',
		'http://172.15.255.255',
		'http://172.32.0.0',
		'http://100.63.255.255',
		'http://100.128.0.0',
		'http://192.167.255.255',
		'http://169.253.255.255',
		'http://11.0.0.0',
		'http://1.0.0.0',
		'http://[2606:4700::6810:84e5]',
		'http://[2a00:1450:4001:81b::200e]:5678',
	])('%s', (url) => {
		expect(isPublic(url)).toBe(true);
	});
});

describe('Twilio cannot reach', () => {
	it.each([
		['this machine', 'http://localhost:5678'],
		['this machine, with a final dot', 'http://localhost.:5678'],
		['this machine, in capitals', 'http://LOCALHOST:5678'],
		['a name below this machine', 'http://n8n.localhost'],
		['a name without a domain, as in Docker', 'http://n8n:5678'],
		['a name of the local network', 'http://raspberrypi.local'],
		['a name of an inner network', 'http://n8n.internal'],
		['a name of a cluster', 'http://n8n.default.svc.cluster.local'],
		['a name of a router', 'http://n8n.lan'],
		['a name of a home network', 'http://n8n.home'],
		['a name of a home network, by the standard', 'http://n8n.home.arpa'],
		['a name that is never given out', 'http://n8n.test'],
		['a name of an example', 'http://n8n.example'],
		['a name that is invalid', 'http://n8n.invalid'],
		['loopback', 'http://127.0.0.1:5678'],
		['loopback, any of it', 'http://127.255.255.254'],
		['loopback as one number', 'http://2130706433'],
		['loopback in hexadecimal', 'http://0x7f.1'],
		['the unspecified address', 'http://0.0.0.0:5678'],
		['a private address of 10/8', 'http://10.0.0.5'],
		['a private address of 172.16/12', 'http://172.16.0.1'],
		['a private address at the end of 172.16/12', 'http://172.31.255.255'],
		['a private address of 192.168/16', 'http://192.168.1.10'],
		['a link-local address', 'http://169.254.169.254'],
		["a provider's inner address", 'http://100.64.0.1'],
		["a provider's inner address, the last", 'http://100.127.255.255'],
		['loopback in IPv6', 'http://[::1]:5678'],
		['the unspecified address in IPv6', 'http://[::]:5678'],
		['a unique local address', 'http://[fd00::1]'],
		['another unique local address', 'http://[fc12:3456::1]'],
		['a link-local address in IPv6', 'http://[fe80::1]'],
		['the end of the link-local addresses in IPv6', 'http://[febf::1]'],
		['an IPv4 address in IPv6', 'http://[::ffff:127.0.0.1]'],
	])('%s: %s', (_, url) => {
		expect(isPublic(url)).toBe(false);
	});
});

it('an IPv4 address is public unless it is of a private range', () => {
	const privateRanges = new BlockList();
	privateRanges.addSubnet('0.0.0.0', 8);
	privateRanges.addSubnet('10.0.0.0', 8);
	privateRanges.addSubnet('100.64.0.0', 10);
	privateRanges.addSubnet('127.0.0.0', 8);
	privateRanges.addSubnet('169.254.0.0', 16);
	privateRanges.addSubnet('172.16.0.0', 12);
	privateRanges.addSubnet('192.168.0.0', 16);
	const byte = fc.integer({ min: 0, max: 255 });
	const first = fc.oneof(
		fc.constantFrom(0, 10, 100, 127, 169, 172, 192),
		fc.integer({ min: 1, max: 223 }),
	);
	const second = fc.oneof(fc.constantFrom(16, 31, 32, 63, 64, 127, 128, 168, 254), byte);
	fc.assert(
		fc.property(first, second, byte, byte, (...bytes) => {
			const address = bytes.join('.');
			expect(isPublicHost(address)).toBe(!privateRanges.check(address));
		}),
		{ numRuns: 1000 },
	);
});
