#include "app/packed_state.hpp"

#include <nlohmann/json.hpp>

#include "show/codec.hpp"

namespace tribune {

const std::string& PackedState::bytes(const std::shared_ptr<const ShowState>& state) {
    if (of_ != state) {
        bytes_ = pack(encode(*state));
        of_ = state;
    }
    return bytes_;
}

void PackedState::forget() {
    of_.reset();
    bytes_ = {};
}

}  // namespace tribune
