#include "displays/xrandr_watch.hpp"

#include <X11/Xlib.h>
#include <X11/extensions/Xrandr.h>

#include <algorithm>
#include <utility>

namespace tribune {
namespace {

struct CloseDisplay {
    void operator()(Display* d) const { XCloseDisplay(d); }
};
struct FreeResources {
    void operator()(XRRScreenResources* r) const { XRRFreeScreenResources(r); }
};
struct FreeOutput {
    void operator()(XRROutputInfo* o) const { XRRFreeOutputInfo(o); }
};
struct FreeCrtc {
    void operator()(XRRCrtcInfo* c) const { XRRFreeCrtcInfo(c); }
};

std::optional<Edid> edid_of(Display* display, RROutput output) {
    const Atom name = XInternAtom(display, RR_PROPERTY_RANDR_EDID, True);
    if (name == None) return std::nullopt;
    Atom type = None;
    int format = 0;
    unsigned long items = 0, left = 0;
    unsigned char* bytes = nullptr;
    XRRGetOutputProperty(display, output, name, 0, 128, False, False, AnyPropertyType, &type, &format, &items, &left,
                         &bytes);
    if (!bytes) return std::nullopt;
    const auto edid = format == 8 ? parse_edid({bytes, items}) : std::nullopt;
    XFree(bytes);
    return edid;
}

double refresh_of(const XRRScreenResources& resources, RRMode mode) {
    for (int i = 0; i < resources.nmode; ++i) {
        const auto& m = resources.modes[i];
        if (m.id == mode && m.hTotal > 0 && m.vTotal > 0)
            return static_cast<double>(m.dotClock) / (static_cast<double>(m.hTotal) * static_cast<double>(m.vTotal));
    }
    return 0;
}

}  // namespace

struct XrandrWatch::State {
    std::unique_ptr<Display, CloseDisplay> display;
    int first_event = 0;
};

XrandrWatch::XrandrWatch(std::unique_ptr<State> state) : state_(std::move(state)) {}
XrandrWatch::~XrandrWatch() = default;

std::unique_ptr<XrandrWatch> XrandrWatch::open() {
    auto state = std::make_unique<State>();
    state->display.reset(XOpenDisplay(nullptr));
    Display* d = state->display.get();
    int errors = 0, major = 0, minor = 0;
    if (!d || !XRRQueryExtension(d, &state->first_event, &errors) || !XRRQueryVersion(d, &major, &minor) ||
        major * 100 + minor < 103)
        return nullptr;
    XRRSelectInput(d, DefaultRootWindow(d),
                   RRScreenChangeNotifyMask | RRCrtcChangeNotifyMask | RROutputChangeNotifyMask);
    XFlush(d);
    return std::unique_ptr<XrandrWatch>(new XrandrWatch(std::move(state)));
}

DisplayList XrandrWatch::list() const {
    Display* d = state_->display.get();
    DisplayList out;
    const std::unique_ptr<XRRScreenResources, FreeResources> resources(
        XRRGetScreenResourcesCurrent(d, DefaultRootWindow(d)));
    if (!resources) return out;
    for (int i = 0; i < resources->noutput; ++i) {
        const RROutput id = resources->outputs[i];
        const std::unique_ptr<XRROutputInfo, FreeOutput> output(XRRGetOutputInfo(d, resources.get(), id));
        if (!output || output->crtc == None) continue;  // the connection flag lies for forced and virtual outputs
        const std::unique_ptr<XRRCrtcInfo, FreeCrtc> crtc(XRRGetCrtcInfo(d, resources.get(), output->crtc));
        if (!crtc || crtc->width == 0 || crtc->mode == None) continue;
        DisplayInfo info;
        info.connector.assign(output->name, static_cast<std::size_t>(output->nameLen));
        info.edid = edid_of(d, id);
        info.bounds = {static_cast<double>(crtc->x), static_cast<double>(crtc->y), static_cast<double>(crtc->width),
                       static_cast<double>(crtc->height)};
        info.refresh_hz = refresh_of(*resources, crtc->mode);
        out.push_back(std::move(info));
    }
    std::stable_sort(out.begin(), out.end(), [](const auto& a, const auto& b) {
        return a.bounds.y != b.bounds.y ? a.bounds.y < b.bounds.y : a.bounds.x < b.bounds.x;
    });
    return out;
}

bool XrandrWatch::changed() {
    Display* d = state_->display.get();
    bool any = false;
    while (XPending(d) > 0) {
        XEvent event;
        XNextEvent(d, &event);
        XRRUpdateConfiguration(&event);
        any = true;
    }
    return any;
}

}  // namespace tribune
