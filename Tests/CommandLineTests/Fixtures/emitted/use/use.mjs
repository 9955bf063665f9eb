// Connects as the emitted module says: use.mjs MODULE GROUP PORT.
const [, , module, name, port] = process.argv
const { connect, connections } = await import(module)
try {
  const address = { host: '127.0.0.1', port: Number(port) }
  const socket = await connect(connections[name], address, (socket) => socket.write('beat'))
  console.log('connected')
  socket.once('data', (data) => {
    console.log('read', data.length)
    socket.destroy()
  })
} catch (error) {
  console.log(error.code)
}
