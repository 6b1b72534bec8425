# Reads every file of a folder (_news of a site) as Jekyll's Collection#read does; prints JSON: {name: reading}.
require "json"
require "jekyll"

source = File.expand_path(ARGV.fetch(0))
Jekyll.logger.log_level = :error
config = Jekyll.configuration("source" => source, "destination" => File.join(source, "_site"), "quiet" => true,
                              "collections" => { "news" => { "output" => true } }, "strict_front_matter" => true,
                              "disable_disk_cache" => true)
site = Jekyll::Site.new(config)
news = site.collections.fetch("news")

# What JSON has no word for is a map with one key that begins with "$". An alias can make data without end.
def plain(value, depth = 0)
  $nodes += 1
  raise "too much data" if $nodes > 10_000 || depth > 500

  case value
  when Hash
    return { "$map" => value.map { |k, v| [plain(k, depth + 1), plain(v, depth + 1)] } } unless value.keys.all?(String)

    value.to_h { |key, inner| [key, plain(inner, depth + 1)] }
  when Array then value.map { |inner| plain(inner, depth + 1) }
  when Time then { "$date" => value.getutc.strftime("%Y-%m-%dT%H:%M:%S.%LZ") }
  when Date then { "$date" => value.iso8601 }
  when Float then value.finite? ? value : { "$number" => value.to_s }
  when String then value.dup.force_encoding("UTF-8").valid_encoding? ? value : { "$bytes" => value.unpack1("H*") }
  when Integer, true, false, nil then value
  else { "$other" => value.class.name }
  end
end

def read(path, site, news)
  $nodes = 0
  return { "found" => false } unless Jekyll::Utils.has_yaml_header?(path)

  document = Jekyll::Document.new(path, :site => site, :collection => news)
  before = document.data.keys
  document.send(:merge_defaults)
  document.send(:read_content)
  found = document.content.bytesize < File.size(path) - 3
  return { "found" => false } unless found

  { "found" => true, "data" => plain(document.data.reject { |key, _| before.include?(key) }),
    "body" => document.content }
rescue StandardError => e
  { "error" => "#{e.class}: #{e.message.lines.first.to_s.scrub}" }
end

files = Dir.children(File.join(source, "_news")).sort
puts JSON.generate(files.to_h { |name| [name, read(File.join(source, "_news", name), site, news)] },
                   :max_nesting => 0)
