// Scenes: arrangements of layers, edited while the show runs. A scene is shown by its name; every source and every
// caption is also a scene of one layer, whole and alone, under its own name.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/compositing.hpp"
#include "base/geometry.hpp"
#include "base/ids.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "show/caption.hpp"

namespace tribune {

using SceneName = Name<struct SceneTag>;
using LayerName = Name<struct LayerTag>;

enum class TextAlign : std::uint32_t { left = 1, centre, right };

// What a layer shows, one struct a kind. `kind` is its name in JSON.
struct SourceContent {
    static constexpr std::string_view kind = "source";
    SourceName source;
    bool operator==(const SourceContent&) const = default;
};
struct SceneContent {
    static constexpr std::string_view kind = "scene";
    SceneName scene;
    bool operator==(const SceneContent&) const = default;
};
struct ColourContent {  // a vertical gradient; equal: plain
    static constexpr std::string_view kind = "colour";
    Colour top;
    Colour bottom;
    bool operator==(const ColourContent&) const = default;
};
struct TextContent {
    static constexpr std::string_view kind = "text";
    std::string text;    // what plan/data_fields.hpp knows, such as {question}, is filled in while it shows
    double size = 0.08;  // of a letter, in heights of the scene
    int weight = 600;    // 100…900
    TextAlign align = TextAlign::left;
    Colour colour{1, 1, 1, 1};
    bool operator==(const TextContent&) const = default;
};
struct WallContent {  // the room's words with their question
    static constexpr std::string_view kind = "wall";
    bool operator==(const WallContent&) const = default;
};
struct CaptionContent {  // with nothing behind it, all there
    static constexpr std::string_view kind = "caption";
    CaptionName caption;
    bool operator==(const CaptionContent&) const = default;
};
struct QrContent {  // dark on light, as large as whole pixels allow, in the middle of its place
    static constexpr std::string_view kind = "qr";
    std::string text;  // what it says; empty: the address of the phones' page
    bool operator==(const QrContent&) const = default;
};
inline constexpr std::size_t longest_qr_text = 500;  // bytes: with more, no phone reads it off a screen
struct BoardContent {                                // what the voices come to
    static constexpr std::string_view kind = "board";
    std::string board;  // a name in show/boards.hpp
    bool ring = false;  // the faces, in the setup's order, share one content
    bool operator==(const BoardContent&) const = default;
};
using LayerContentVariant = std::variant<SourceContent, SceneContent, ColourContent, TextContent, WallContent,
                                         CaptionContent, QrContent, BoardContent>;
// Copies and comparisons stand in scene.cpp: they are long, and each file would compile them all.
struct LayerContent : LayerContentVariant {
    using LayerContentVariant::LayerContentVariant;
    using LayerContentVariant::operator=;
    LayerContent();
    LayerContent(const LayerContent&);
    LayerContent(LayerContent&&) noexcept;
    LayerContent& operator=(const LayerContent&);
    LayerContent& operator=(LayerContent&&) noexcept;
    ~LayerContent();
    bool operator==(const LayerContent& other) const;
};

// Places are shares of the scene's width and height, lengths shares of its height: a scene looks alike on every face.
struct Layer {
    LayerName name;  // unique in its scene
    LayerContent content;
    bool visible = true;
    Rect place{0, 0, 1, 1};
    Rect crop{0, 0, 1, 1};  // of the content
    Fit fit = Fit::fit;
    double rotation_deg = 0;  // clockwise about its middle
    double opacity = 1;
    double corner_radius = 0;
    double border_width = 0;
    Colour border_colour{1, 1, 1, 1};
    Blend blend = Blend::normal;
    std::optional<Key> key;
    bool operator==(const Layer&) const = default;
};

// Layers on their way from an earlier arrangement.
struct Glide {
    std::vector<Layer> from;
    ShowTime start;
    Nanoseconds length{0};
    bool operator==(const Glide&) const = default;
};

struct Scene {
    SceneName name;
    std::string label;          // what people read; the name when empty
    std::vector<Layer> layers;  // back to front
    std::optional<Glide> glide;
    bool operator==(const Scene&) const = default;
};

struct SceneBook {
    std::map<SceneName, Scene> scenes;
    bool operator==(const SceneBook&) const = default;

    [[nodiscard]] const Scene* scene(const SceneName& name) const;
};
inline constexpr std::size_t most_scenes = 500;
inline constexpr std::size_t most_layers = 64;
inline constexpr std::size_t most_scene_depth = 4;  // scenes in scenes

// --- Commands -----------------------------------------------------------------------------------------------

// Makes a scene, or replaces it whole; with a length its layers glide from where they were.
struct SetScene {
    SceneName name;
    std::string label;
    std::vector<Layer> layers;
    int glide_ms = 0;
    bool operator==(const SetScene&) const = default;
};
struct RemoveScene {
    SceneName name;
    bool operator==(const RemoveScene&) const = default;
};
// Replaces one layer of a scene, found by its name, where it stands in the order. Changes of one layer that
// follow each other within half a second are one step to undo.
struct SetLayer {
    SceneName scene;
    Layer layer;
    int glide_ms = 0;
    bool operator==(const SetLayer&) const = default;
};
// Places a scene's layers as one of layouts() says, the front ones that it has no place for hidden.
struct ArrangeScene {
    SceneName scene;
    std::string layout;
    int glide_ms = 0;
    bool operator==(const ArrangeScene&) const = default;
};

// --- What follows from them ---------------------------------------------------------------------------------

// Where an arrangement puts its layers, the first for the layer at the back.
struct Layout {
    std::string_view name;
    std::vector<Layer> places;  // only where and how: content and name say nothing
};
const std::vector<Layout>& layouts();

// A scene's layers at this time: gliding ones between their two places.
std::vector<Layer> layers_at(const Scene& scene, ShowTime now);

// Between two arrangements, 0…1 already eased: layers of one name, or that show the same, move; others fade.
std::vector<Layer> between(const std::vector<Layer>& from, const std::vector<Layer>& to, double progress);

// Error bad_scene: names what is wrong with a scene's own values, whatever else the show has.
Status check_layers(const std::vector<Layer>& layers);

}  // namespace tribune
