// The rules of the house as data (docs/design.md, section 5).

// Lowest room first. A room may include the rooms it names, which all stand above it in this table.
export const rooms = [
    { name: 'base', folder: 'engine/base', uses: [] },
    { name: 'link', folder: 'engine/link', uses: ['base'] },
    { name: 'voice', folder: 'engine/voice', uses: ['base'] },
    { name: 'show', folder: 'engine/show', uses: ['voice', 'base'] },
    { name: 'wall', folder: 'engine/wall', uses: ['voice', 'base'] },
    { name: 'text', folder: 'engine/text', uses: ['base'] },
    { name: 'sound', folder: 'engine/sound', uses: ['base'] },
    { name: 'print', folder: 'engine/print', uses: ['voice', 'base'] },
    { name: 'plan', folder: 'engine/plan', uses: ['show', 'voice', 'wall', 'base'] },
    { name: 'gpu', folder: 'engine/gpu', uses: ['plan', 'text', 'base'] },
    { name: 'cpu', folder: 'engine/cpu', uses: ['plan', 'text', 'base'] },
    { name: 'store', folder: 'engine/store', uses: ['show', 'voice', 'base'] },
    { name: 'net', folder: 'engine/net', uses: ['show', 'voice', 'base'] },
    { name: 'capture', folder: 'capture', uses: ['base', 'link'] },
    { name: 'encode', folder: 'encode', uses: ['base', 'link'] },
    { name: 'displays', folder: 'displays', uses: ['base', 'link', 'gpu', 'cpu', 'plan'] },
    { name: 'app', folder: 'engine/app', uses: 'all' },
];

// A library's headers, and the only rooms that may include them. What no row names is free to all.
export const libraries = [
    { name: 'OpenGL and EGL', headers: /^(GL|EGL|GLES\d?|KHR|epoxy)\//, rooms: ['gpu', 'displays'] },
    { name: 'libplacebo', headers: /^libplacebo\//, rooms: ['gpu'] },
    { name: 'FFmpeg', headers: /^lib(av\w+|sw\w+|postproc)\//, rooms: ['capture', 'encode'] },
    { name: 'V4L2', headers: /^linux\/videodev2\.h$/, rooms: ['capture'] },
    { name: 'SDL', headers: /^SDL(2\/|\w*\.h$)/, rooms: ['displays'] },
    { name: 'X11', headers: /^(X11|xcb)\//, rooms: ['displays'] },
    { name: 'libebur128 and libsamplerate', headers: /^(ebur128|samplerate)\.h$/, rooms: ['sound'] },
    { name: 'SQLite', headers: /^sqlite3/, rooms: ['store'] },
    { name: 'libwebsockets', headers: /^libwebsockets/, rooms: ['net'] },
    { name: 'OpenSSL', headers: /^openssl\//, rooms: ['net'] },
    { name: 'libev', headers: /^ev\.h$/, rooms: ['net'] },
    { name: 'ALSA', headers: /^alsa\//, rooms: ['net'] },
    { name: 'cairo', headers: /^(pango\/pangocairo|cairo)/, rooms: ['print'] },
    {
        name: 'Pango, HarfBuzz, FriBidi, FreeType and fontconfig',
        headers: /^(pango\/|hb|harfbuzz\/|fribidi|ft2build\.h$|freetype|fontconfig\/|glib)/,
        rooms: ['text'],
    },
    { name: 'libqrencode', headers: /^qrencode/, rooms: ['base'] },
    { name: 'ICU', headers: /^unicode\//, rooms: ['voice', 'wall'] },
    { name: 'libstemmer', headers: /^libstemmer\.h$/, rooms: ['voice', 'wall'] },
    { name: 'nlohmann-json', headers: /^nlohmann\//, rooms: ['show', 'net', 'store', 'app'] },
    { name: 'toml++', headers: /^toml(\+\+|plusplus)/, rooms: ['show', 'app'] },
    { name: 'CLI11', headers: /^CLI\//, rooms: ['app'] },
    { name: 'libyuv', headers: /^libyuv/, rooms: ['cpu', 'displays'] },
    { name: 'libjpeg-turbo', headers: /^(turbojpeg|jpeglib)\.h$/, rooms: ['cpu', 'displays'] },
];

// What cmake/prefix.cmake brings to every file unasked: a file that says one of these names includes the header too,
// itself or by a header of ours.
const std = (names) => new RegExp(`\\bstd::(${names})\\b`);
export const prefixed = [
    { header: 'algorithm', names: std('sort|stable_sort|(min|max)_element|minmax|clamp|find(_if|_if_not)?|any_of|all_of|none_of|transform|copy_n|fill(_n)?|(lower|upper)_bound|remove_if|reverse|rotate|shuffle|unique|count_if|partition|nth_element|ranges::(sort|find|any_of|all_of)') },
    { header: 'array', names: std('array|to_array') },
    { header: 'atomic', names: std('atomic(_flag|_bool|_int)?|memory_order_\\w+') },
    { header: 'charconv', names: std('from_chars|to_chars') },
    { header: 'chrono', names: std('chrono') },
    { header: 'cmath', names: std('sqrt|pow|l?l?round|floor|ceil|sin|cos|tan|atan2|exp2?|log(2|10)?|hypot|isfinite|isnan|fmod|lerp') },
    { header: 'condition_variable', names: std('condition_variable(_any)?') },
    { header: 'deque', names: std('deque') },
    { header: 'filesystem', names: std('filesystem') },
    { header: 'fstream', names: std('[io]?fstream') },
    { header: 'functional', names: std('function|greater|hash|bind_front|invoke|reference_wrapper|c?ref') },
    { header: 'map', names: std('(multi)?map') },
    { header: 'memory', names: std('(unique|shared|weak)_ptr|make_(unique|shared)|enable_shared_from_this') },
    { header: 'mutex', names: std('(recursive_)?mutex|(lock_guard|unique_lock|scoped_lock|call_once|once_flag)') },
    { header: 'optional', names: std('optional|nullopt(_t)?|make_optional') },
    { header: 'random', names: std('mt19937(_64)?|uniform_(int|real)_distribution|random_device|minstd_rand|normal_distribution') },
    { header: 'set', names: std('(multi)?set') },
    { header: 'span', names: std('span|as_(writable_)?bytes') },
    { header: 'sstream', names: std('[io]?stringstream') },
    { header: 'string', names: std('string|to_string|stoi|getline') },
    { header: 'string_view', names: std('string_view') },
    { header: 'thread', names: std('j?thread|this_thread') },
    { header: 'stop_token', names: std('stop_token|stop_source') },
    { header: 'unordered_map', names: std('unordered_map') },
    { header: 'utility', names: std('move|forward|pair|exchange|swap|as_const|(make_)?(integer|index)_sequence|in_place(_t)?') },
    { header: 'variant', names: std('variant\\w*|visit|monostate|holds_alternative|get_if') },
    { header: 'vector', names: std('vector') },
    { header: 'fmt/format.h', names: /\bfmt::(format|format_to|join|to_string|memory_buffer)\b/ },
    { header: 'nlohmann/json.hpp', names: /\bnlohmann::/ },
];
// Headers that promise another.
export const promised = {
    string: ['string_view'],
    map: ['utility'],
    thread: ['stop_token'],
    'nlohmann/json_fwd.hpp': ['nlohmann/json.hpp'],
    'nlohmann/json.hpp': ['string', 'string_view', 'vector', 'map', 'utility'],
};

// A file past this asks to be split.
export const mostLines = 600;

// Written by people, so it must be finished, short and well named. Data, documents and locks are not code.
export const isCode = (path) => /\.([ch]pp|m?js|tsx?|css|html|glsl|frag|vert|py|sh|cmake)$/.test(path) ||
    /(^|\/)(CMakeLists\.txt|Makefile|run)$/.test(path);

// The brackets keep this file from finding itself.
export const unfinished = /\b(TO[D]O|FIX[M]E|XX[X]|HAC[K])\b/;

// Places that exist on one developer's machine or one network only.
export const strangers = [
    { name: 'an absolute path of one machine', pattern: /(?<![\w.:/}~-])\/(home|Users|root|work|workspace)\/[\w.]/ },
    { name: 'a package registry', pattern: /\b(registr[y]\.\w|npmj[s]\.|deb\.debia[n]|pyp[i]\.|artifactor[y]|nexu[s]\.)/i },
    { name: 'a pinned download address', pattern: /"resolved":\s*"http/ },
];
