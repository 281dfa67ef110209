#include "ref/transitions/exceptions.hpp"

namespace tribune::test {
namespace {

// Between two equal pictures something shows, because the effect …
struct Group {
    std::string_view reason;
    std::vector<std::string_view> names;
};

std::vector<Group> groups() {
    return {
        {"shows a colour, a shadow or a noise of its own",
         {"Bounce",
          "burn",
          "burn0",
          "circle",
          "CircleCrop",
          "coord-from-in",
          "dissolve",
          "Drop_Zone_Flicker",
          "EdgeTransition",
          "fade_colour",
          "fadecolor",
          "fadegrayscale",
          "FilmBurn",
          "GridFlip",
          "multiply_blend",
          "old_tv_lost_signal",
          "Overexposure",
          "Rectangle",
          "RectangleCrop",
          "StarWipe",
          "static_wipe",
          "StaticFade",
          "StripDatamoshGlitch",
          "TVStatic",
          "undulatingBurnOut"}},
        {"blurs, bends or breaks up the picture",
         {"AdvancedMosaic",
          "blur_mix",
          "ButterflyWaveScrawler",
          "CrazyParametricFun",
          "crosswarp",
          "CrossZoom",
          "DefocusBlur",
          "directionalwarp",
          "displacement",
          "Dreamy",
          "flyeye",
          "fragment",
          "GlitchDisplace",
          "GlitchMemories",
          "hexagonalize",
          "kaleidoscope",
          "LinearBlur",
          "morph",
          "mosaic_transition",
          "parametric_glitch",
          "pixelize",
          "powerKaleido",
          "ripple",
          "squeeze",
          "Swirl",
          "tangentMotionBlur",
          "WaterDrop"}},
        {"shows the pictures as things in space, or folded",
         {"BookFlip", "cube", "doorway", "Fold", "InvertedPageCurl", "paper_turn", "SimpleFlip", "StereoViewer", "swap",
          "ZoomInCircles"}},
        {"moves, turns, mirrors or scales the pictures",
         {"Directional",
          "directional-easing",
          "DirectionalScaled",
          "DoomScreenTransition",
          "DreamyZoom",
          "LeftRight",
          "Mosaic",
          "push",
          "PuzzleRight",
          "Revolve_Left",
          "Rolls",
          "rotate_scale_fade",
          "RotateScaleVanish",
          "rotateTransition",
          "scale-in",
          "SimpleZoom",
          "SimpleZoomOut",
          "slide",
          "Slides",
          "splitSlideInHorizontal",
          "splitSlideInOutHorizontal",
          "splitSlideInOutVertical",
          "splitSlideInVertical",
          "splitSlideOutHorizontal",
          "splitSlideOutVertical",
          "TopBottom",
          "x_axis_translation",
          "zoom_through",
          "zoomInOut",
          "ZoomLeftWipe",
          "ZoomRigthWipe"}},
    };
}

}  // namespace

const std::vector<Exception>& exceptions() {
    using Of = Exception::Of;
    static const std::vector<Exception> all = [] {
        std::vector<Exception> made{
            {"AdvancedMosaic", Of::start, "its smallest tiles, a two-hundredth of the picture, do not fall on pixels"},
            {"AdvancedMosaic", Of::end, "its smallest tiles, a two-hundredth of the picture, do not fall on pixels"},
            {"BlockDissolve", Of::start, "a block whose chance is 0 is there from the start"},
            {"InvertedPageCurl", Of::start, "the curl's first edge is on the picture already"},
            {"Radial", Of::start, "its soft edge begins on the picture"},
            {"tangentMotionBlur", Of::start, "its blur is never quite nothing"},
            {"tangentMotionBlur", Of::end, "its blur is never quite nothing"},
            {"undulatingBurnOut", Of::start, "its edge is soft where it begins"},
        };
        for (const auto& group : groups())
            for (const auto name : group.names) made.push_back({name, Of::same, group.reason});
        return made;
    }();
    return all;
}

}  // namespace tribune::test
