#include "text/shaper.hpp"

#include <fontconfig/fontconfig.h>
#include <pango/pangofc-font.h>
#include <pango/pangoft2.h>

#include <algorithm>
#include <functional>
#include <list>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>

#include "text/clean_text.hpp"

namespace tribune {
namespace {

// Shaped at this size; with hinting off all is linear. Large enough for 1/262144 em, small enough that
// most_code_points wide letters stay far from Pango's 2^31 units.
constexpr double shaping_pixels = 256;

// Which of the families that share code points comes first, by language; the first row is for all others.
struct Preference {
    const char* language;
    const char* families;
};
constexpr Preference preferences[] = {
    {"", "Noto Sans,Noto Sans Arabic,Noto Sans Hebrew,Noto Sans Devanagari,Noto Sans CJK SC"},
    {"ja", "Noto Sans,Noto Sans CJK JP"},
    {"ko", "Noto Sans,Noto Sans CJK KR"},
    {"zh-tw", "Noto Sans,Noto Sans CJK TC"},
    {"zh-hk", "Noto Sans,Noto Sans CJK HK"},
    {"ur", "Noto Sans,Noto Nastaliq Urdu"},
};

std::string families_for(const TextSpec& spec) {
    const char* families = preferences[0].families;
    std::string language = spec.language;
    for (auto& c : language) c = static_cast<char>(g_ascii_tolower(c));
    for (const auto& p : preferences) {
        const std::string_view wanted = p.language;
        if (!wanted.empty() && language.starts_with(wanted)) families = p.families;
    }
    return spec.font.family + "," + families;
}

// The system's fonts but for the cuts of Noto that fonts-noto-core has not: what else is installed must not change a
// wall, and two machines draw the same one.
constexpr const char* font_rules = R"(<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <selectfont>
    <rejectfont>
      <glob>*/Noto*-*Thin*</glob><glob>*/Noto*-*Light*</glob><glob>*/Noto*-*Medium*</glob><glob>*/Noto*-*SemiBold*</glob>
      <glob>*/Noto*-*ExtraBold*</glob><glob>*/Noto*-*Black*</glob><glob>*/Noto*-*Condensed*</glob>
      <glob>*/NotoSansCJK-DemiLight*</glob>
    </rejectfont>
  </selectfont>
</fontconfig>)";

struct DestroyConfig {
    void operator()(FcConfig* config) const { FcConfigDestroy(config); }
};

std::unique_ptr<FcConfig, DestroyConfig> load_fonts() {
    std::unique_ptr<FcConfig, DestroyConfig> config(FcConfigCreate());
    const auto* rules = reinterpret_cast<const FcChar8*>(font_rules);
    if (!config || FcConfigParseAndLoadFromMemory(config.get(), rules, FcTrue) != FcTrue ||
        FcConfigBuildFonts(config.get()) != FcTrue)
        return nullptr;
    return config;
}

struct Unref {
    void operator()(void* object) const { g_object_unref(object); }
};
template <class T>
using GPointer = std::unique_ptr<T, Unref>;

struct FreeDescription {
    void operator()(PangoFontDescription* d) const { pango_font_description_free(d); }
};

// No hinting, no rounding: shapes and advances scale with the size.
void ask_unhinted(FcPattern* pattern, gpointer) {
    FcPatternDel(pattern, FC_HINTING);
    FcPatternAddBool(pattern, FC_HINTING, FcFalse);
    FcPatternDel(pattern, FC_AUTOHINT);
    FcPatternAddBool(pattern, FC_AUTOHINT, FcFalse);
    FcPatternDel(pattern, FC_ANTIALIAS);
    FcPatternAddBool(pattern, FC_ANTIALIAS, FcTrue);
}

FontFile file_of(PangoFont* font) {
    FontFile file;
    FcPattern* pattern = pango_fc_font_get_pattern(PANGO_FC_FONT(font));
    FcChar8* text = nullptr;
    if (FcPatternGetString(pattern, FC_FILE, 0, &text) == FcResultMatch)
        file.path = reinterpret_cast<const char*>(text);
    if (FcPatternGetString(pattern, FC_FONT_VARIATIONS, 0, &text) == FcResultMatch) {
        file.variations = reinterpret_cast<const char*>(text);
    }
    FcPatternGetInteger(pattern, FC_INDEX, 0, &file.index);
    FcBool bold = FcFalse;
    if (FcPatternGetBool(pattern, FC_EMBOLDEN, 0, &bold) == FcResultMatch) file.embolden = bold == FcTrue;
    return file;
}

struct SpecHash {
    std::size_t operator()(const TextSpec& s) const {
        const std::hash<std::string> h;
        return h(s.text) * 31 + h(s.font.family) * 7 + h(s.language) + static_cast<std::size_t>(s.font.weight);
    }
};

}  // namespace

struct Shaper::Impl {
    struct Kept {
        std::shared_ptr<const ShapedText> shaped;
        std::list<const TextSpec*>::iterator age;
    };

    std::size_t most_kept = 0;
    FontTable fonts;
    GPointer<PangoFontMap> map;
    GPointer<PangoContext> context;
    GPointer<PangoLayout> layout;
    std::map<PangoFont*, int> numbers;      // a font of the map's, to its number
    std::vector<GPointer<PangoFont>> held;  // so that no address in `numbers` is ever reused
    std::unordered_map<TextSpec, Kept, SpecHash> kept;
    std::list<const TextSpec*> ages;  // newest first; points at the map's keys
    std::uint64_t shaped_count = 0;

    int number_of(PangoFont* font) {
        const auto [it, fresh] = numbers.try_emplace(font, 0);
        if (fresh) {
            held.emplace_back(PANGO_FONT(g_object_ref(font)));
            it->second = fonts.intern(file_of(font));
        }
        return it->second;
    }

    std::shared_ptr<const ShapedText> shape(const TextSpec& spec);
    void add_run(const PangoGlyphItem& item, double& pen, ShapedText& out);
    void measure(ShapedText& out, double advance);
};

void Shaper::Impl::add_run(const PangoGlyphItem& item, double& pen, ShapedText& out) {
    constexpr double unit = 1.0 / (PANGO_SCALE * shaping_pixels);
    PangoFont* font = item.item->analysis.font;
    GlyphRun run;
    run.font = font == nullptr ? -1 : number_of(font);
    for (int i = 0; i < item.glyphs->num_glyphs; ++i) {
        const PangoGlyphInfo& g = item.glyphs->glyphs[i];
        PangoGlyph id = g.glyph;
        if ((id & PANGO_GLYPH_UNKNOWN_FLAG) != 0) id = 0;  // no font has it: the font's own box
        if (font != nullptr && g.glyph != PANGO_GLYPH_EMPTY) {
            run.glyphs.push_back({id, static_cast<float>(pen + g.geometry.x_offset * unit),
                                  static_cast<float>((g.geometry.y_offset + item.y_offset) * unit)});
        }
        pen += g.geometry.width * unit;
    }
    if (run.glyphs.empty()) return;
    out.has_colour = out.has_colour || fonts.is_colour(run.font);
    if (!out.runs.empty() && out.runs.back().font == run.font) {
        auto& last = out.runs.back().glyphs;
        last.insert(last.end(), run.glyphs.begin(), run.glyphs.end());
    } else {
        out.runs.push_back(std::move(run));
    }
}

void Shaper::Impl::measure(ShapedText& out, double advance) {
    TextMetrics& m = out.metrics;
    m.advance = advance;
    bool first = true;
    for (const auto& run : out.runs) {
        for (const auto& g : run.glyphs) {
            const InkBox box = fonts.ink(run.font, g.id);
            if (box.empty()) continue;
            const double x = static_cast<double>(g.x), y = static_cast<double>(g.y);
            m.ink_left = first ? box.left + x : std::min(m.ink_left, box.left + x);
            m.ink_right = first ? box.right + x : std::max(m.ink_right, box.right + x);
            m.ink_top = first ? box.top + y : std::min(m.ink_top, box.top + y);
            m.ink_bottom = first ? box.bottom + y : std::max(m.ink_bottom, box.bottom + y);
            first = false;
        }
    }
}

std::shared_ptr<const ShapedText> Shaper::Impl::shape(const TextSpec& spec) {
    const std::unique_ptr<PangoFontDescription, FreeDescription> description(pango_font_description_new());
    pango_font_description_set_family(description.get(), families_for(spec).c_str());
    pango_font_description_set_weight(description.get(),
                                      static_cast<PangoWeight>(std::clamp(spec.font.weight, 100, 1000)));
    pango_font_description_set_absolute_size(description.get(), shaping_pixels * PANGO_SCALE);
    // Without a language Pango would take the process's locale, and the same text would measure otherwise there.
    const std::string language = clean_text(spec.language.empty() ? "und" : spec.language);
    pango_context_set_language(context.get(), pango_language_from_string(language.c_str()));
    pango_layout_context_changed(layout.get());
    pango_layout_set_font_description(layout.get(), description.get());
    const std::string text = clean_text(spec.text);
    pango_layout_set_text(layout.get(), text.c_str(), static_cast<int>(text.size()));

    auto out = std::make_shared<ShapedText>();
    double pen = 0;
    const PangoLayoutLine* line = pango_layout_get_line_readonly(layout.get(), 0);
    for (const GSList* at = line->runs; at != nullptr; at = at->next) {
        add_run(*static_cast<const PangoGlyphItem*>(at->data), pen, *out);
    }
    measure(*out, pen);
    ++shaped_count;
    return out;
}

Shaper::Shaper(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Shaper::~Shaper() = default;

Result<std::unique_ptr<Shaper>> Shaper::create(std::size_t most_kept) {
    auto impl = std::make_unique<Impl>();
    impl->most_kept = std::max<std::size_t>(most_kept, 1);
    impl->map.reset(pango_ft2_font_map_new());
    const auto fonts = load_fonts();
    if (fonts) pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(impl->map.get()), fonts.get());
    pango_ft2_font_map_set_resolution(PANGO_FT2_FONT_MAP(impl->map.get()), 96, 96);
    pango_fc_font_map_set_default_substitute(PANGO_FC_FONT_MAP(impl->map.get()), ask_unhinted, nullptr, nullptr);
    impl->context.reset(pango_font_map_create_context(impl->map.get()));
    pango_context_set_round_glyph_positions(impl->context.get(), FALSE);
    impl->layout.reset(pango_layout_new(impl->context.get()));
    pango_layout_set_single_paragraph_mode(impl->layout.get(), TRUE);

    std::unique_ptr<Shaper> shaper(new Shaper(std::move(impl)));
    if (shaper->cap_height(Font{}) <= 0) {
        return Error{"no_fonts", "no usable font was found: install the packages fonts-inter and fonts-noto-core"};
    }
    return shaper;
}

std::shared_ptr<const ShapedText> Shaper::shape(const TextSpec& spec) {
    auto& kept = impl_->kept;
    auto& ages = impl_->ages;
    if (const auto it = kept.find(spec); it != kept.end()) {
        ages.splice(ages.begin(), ages, it->second.age);
        return it->second.shaped;
    }
    auto shaped = impl_->shape(spec);
    if (kept.size() >= impl_->most_kept) {
        const auto oldest = kept.find(*ages.back());
        ages.pop_back();
        kept.erase(oldest);
    }
    const auto [it, fresh] = kept.try_emplace(spec);
    ages.push_front(&it->first);
    it->second = {shaped, ages.begin()};
    return shaped;
}

TextMetrics Shaper::measure(const TextSpec& spec) { return shape(spec)->metrics; }

double Shaper::cap_height(const Font& font) { return -measure(TextSpec{"H", font, ""}).ink_top; }

FontTable& Shaper::fonts() { return impl_->fonts; }
std::uint64_t Shaper::shaped_count() const { return impl_->shaped_count; }
std::size_t Shaper::kept() const { return impl_->kept.size(); }

}  // namespace tribune
