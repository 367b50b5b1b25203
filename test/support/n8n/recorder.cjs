// Loaded into n8n by `--require`: writes down what n8n sends on every connection that it opens itself,
// with whatever HTTP client or driver, in clear text also where the connection is encrypted.
const { appendFileSync } = require('node:fs');
const { Socket } = require('node:net');
const { TLSSocket } = require('node:tls');

const file = process.env.RECORDED_TRAFFIC_FILE;
const connections = new WeakMap();
const serverNames = new WeakMap();
const { connect, _writeGeneric } = Socket.prototype;
const { setServername } = TLSSocket.prototype;
let last = 0;

const note = (socket) => connections.set(socket, `${process.pid}-${++last}`);

/** A TLS connection through a proxy has a socket that is connected already. */
const isTlsClient = (socket) => socket instanceof TLSSocket && !socket._tlsOptions?.isServer;

const peerOf = (socket) =>
	serverNames.has(socket)
		? `${serverNames.get(socket)}:443`
		: `${socket.remoteAddress}:${socket.remotePort}`;

const bytes = (chunk, encoding) =>
	typeof chunk === 'string' ? Buffer.from(chunk, encoding) : Buffer.from(chunk);

Socket.prototype.connect = function (...args) {
	note(this);
	return connect.apply(this, args);
};

TLSSocket.prototype.setServername = function (name) {
	serverNames.set(this, name);
	return setServername.call(this, name);
};

Socket.prototype._writeGeneric = function (isVector, data, encoding, callback) {
	if (isTlsClient(this) && !connections.has(this)) note(this);
	// While the socket connects, Node calls this once more when it has.
	if (connections.has(this) && !this.connecting) {
		const chunks = isVector
			? data.map((one) => bytes(one.chunk, one.encoding))
			: [bytes(data, encoding)];
		const line = {
			connection: connections.get(this),
			peer: peerOf(this),
			data: Buffer.concat(chunks).toString('base64'),
		};
		appendFileSync(file, `${JSON.stringify(line)}\n`);
	}
	return _writeGeneric.call(this, isVector, data, encoding, callback);
};
