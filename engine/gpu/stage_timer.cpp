#include "gpu/stage_timer.hpp"

namespace tribune::gl {

StageTimer::StageTimer() {
    for (auto& q : queries_) q = make_query(GL_TIME_ELAPSED);
}

void StageTimer::collect() {
    while (collected_ < begun_) {
        const GLuint id = queries_[collected_ % depth].id();
        GLuint ready = 0;
        glGetQueryObjectuiv(id, GL_QUERY_RESULT_AVAILABLE, &ready);
        if (ready == 0) return;
        GLuint64 nanoseconds = 0;
        glGetQueryObjectui64v(id, GL_QUERY_RESULT, &nanoseconds);
        milliseconds_ = static_cast<double>(nanoseconds) / 1e6;
        ++collected_;
    }
}

void StageTimer::begin() {
    collect();
    running_ = begun_ - collected_ < depth;
    if (running_) glBeginQuery(GL_TIME_ELAPSED, queries_[begun_ % depth].id());
}

void StageTimer::end() {
    if (!running_) return;
    glEndQuery(GL_TIME_ELAPSED);
    ++begun_;
    running_ = false;
}

}  // namespace tribune::gl
