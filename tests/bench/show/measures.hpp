// The measures of bench_show. Each starts a show of its own and prints its figures.
#pragma once

namespace tribune::bench {

void start();             // spawn to the first frame on four faces, both painters
void pixels();            // an answer sent to its pixels, both painters
void cuts();              // four faces on the same frame number
void killed_processes();  // a capture, net and render, twenty times each under load
void killed_engine();     // fifty times under load
void arrivals();          // a picture on a socket to its frame on a face
void commands();          // a command to the frame that shows it
void three_surfaces();    // ten thousand commands by a desk, obs-websocket and OSC at once
void dying_sources();     // in the middle of a mix
void throughput();        // acknowledged answers a second

}  // namespace tribune::bench
