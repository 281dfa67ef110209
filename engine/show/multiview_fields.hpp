// The fields of the multiview; a part of show/fields.hpp.
#pragma once

#include "show/fields.hpp"

namespace tribune {

template <class V, Is<Multiview> T>
void fields(V& v, T& e) {
    v("layout", e.layout, "Which cells there are: one of the layouts.");
    v("cells", e.cells, "What each shows: a view's name, clock, sound, none; empty: what comes next.", optional_field);
    v("safe_areas", e.safe_areas, "Action and title safe areas on program and preview.", optional_field);
    v("meters", e.meters, "Sound levels beside the pictures.", optional_field);
}
template <class V, Is<SetMultiview> T>
void fields(V& v, T& e) {
    v("layout", e.layout, "all, eight, program_large, faces; left out, as all else: it stays.", optional_field);
    v("cells", e.cells, "What each cell shows, in the layout's order: a view's name, clock, sound, none; empty: next.",
      optional_field);
    v("safe_areas", e.safe_areas, "Safe areas on program and preview.", optional_field);
    v("meters", e.meters, "Sound levels beside the pictures.", optional_field);
}

}  // namespace tribune
