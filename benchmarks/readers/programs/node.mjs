// Reads every file of a folder with one npm package (its name, then the folder); prints JSON: {name: reading}.
// Run from the folder that node_modules is in.
import fs from 'node:fs'
import path from 'node:path'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'

const [program, folder] = process.argv.slice(2)
const require = createRequire(path.join(process.cwd(), 'x.js'))
const load = (name) => import(pathToFileURL(path.join(process.cwd(), 'node_modules', name, 'index.js')))

// What JSON has no word for is a map with one key that begins with "$". An alias can make data without end.
let nodes = 0
function plain(value, depth = 0) {
  if (++nodes > 10000 || depth > 500) throw new Error('too much data')
  if (value === undefined) return null
  if (typeof value === 'bigint') return { $number: String(value) }
  if (typeof value === 'number') return Number.isFinite(value) ? value : { $number: String(value) }
  if (value === null || typeof value !== 'object') return value
  if (value instanceof Date) return { $date: Number.isNaN(+value) ? 'invalid' : value.toISOString() }
  if (value instanceof Uint8Array) return { $bytes: Buffer.from(value).toString('hex') }
  if (Array.isArray(value)) return value.map((inner) => plain(inner, depth + 1))
  if (value instanceof Map || value instanceof Set) return { $other: value.constructor.name }
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner, depth + 1)]))
}

async function reader() {
  if (program === 'front-matter') {
    const frontMatter = require(program)
    return (bytes) => {
      const { attributes, body, frontmatter } = frontMatter(bytes.toString('utf8'))
      return { found: frontmatter !== undefined, data: attributes, body }
    }
  }
  if (program === 'vfile-matter') {
    const { matter } = await load(program)
    const { VFile } = await load('vfile')
    return (bytes) => {
      const file = new VFile({ value: bytes })
      const before = String(file)
      matter(file, { strip: true })
      return { found: String(file) !== before, data: file.data.matter, body: String(file) }
    }
  }
  const matter = require(program) // gray-matter, or the fork of it that Eleventy uses with js-yaml 4
  const eleventy = program.startsWith('@11ty/')
  const options = eleventy ? { engines: { yaml: require('js-yaml').load } } : {}
  return (bytes) => {
    const text = bytes.toString('utf8')
    const { data, content } = matter(text, options) // with options: without, what failed once is {} the next time
    return { found: content !== text.replace(/^\uFEFF/, ''), data, body: content }
  }
}

const read = await reader()
const readings = {}
for (const name of fs.readdirSync(folder).sort()) {
  nodes = 0
  try {
    const { found, data, body } = read(fs.readFileSync(path.join(folder, name)))
    readings[name] = found ? { found, data: plain(data), body } : { found }
  } catch (error) {
    readings[name] = { error: String(error.message).split('\n')[0] }
  }
}
process.stdout.write(JSON.stringify(readings))
