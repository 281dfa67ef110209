// The fields of recordings; a part of show/fields.hpp.
#pragma once

#include "show/fields.hpp"

namespace tribune {

template <class V, Is<RecordingSetup> T>
void fields(V& v, T& e) {
    v("folder", e.folder, "Where to; empty: recordings, in the data folder.", optional_field);
    v("codec", e.codec, "h264, h265, prores or ffv1.", optional_field);
    v("container", e.container, "mkv or mp4.", optional_field);
}
template <class V, Is<ViewRecording> T>
void fields(V& v, T& e) {
    v("view", e.view, "What is recorded.");
    v("since", e.since, "Show time.");
}
template <class V, Is<StartRecord> T>
void fields(V& v, T& e) {
    v("view", e.view,
      "face/NAME, clean/NAME, program, preview, multiview, scene/NAME; left out: as the first face that "
      "follows program shows it.",
      optional_field);
}
template <class V, Is<StopRecord> T>
void fields(V& v, T& e) {
    v("view", e.view, "What is recorded no more; left out: all.", optional_field);
}

}  // namespace tribune
