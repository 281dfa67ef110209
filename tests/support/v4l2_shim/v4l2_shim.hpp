// A camera without a camera: a shared library whose open and ioctl stand before libc's and answer, for one path, as a
// V4L2 capture device with memory-mapped streaming. Link it to a test, or preload it into any program:
//   LD_PRELOAD=libv4l2_shim.so V4L2_SHIM="/dev/video77 /tmp/unplugged" program
// The first word is the device's path (without V4L2_SHIM: v4l2_shim_path). The second, which may be left out, is a
// file: while it exists the device fails, see v4l2_shim_fail; in it stand two numbers, at_open and at_ioctl.
//
// The device gives YUYV of any even size asked for at any rate asked for. Frame n is due n frame times after the
// stream's start and stamped so (monotonic); frames that find no buffer are lost, as a driver loses them.
#pragma once

extern "C" {

inline constexpr const char* v4l2_shim_path = "/dev/video77";

// From now on every open of the device fails with this errno, and every ioctl of the open device; 0: it works.
void v4l2_shim_fail(int at_open, int at_ioctl);

// Opens tried so far, and when the nth (from 0) of the last 64 was: nanoseconds, monotonic.
int v4l2_shim_opens();
long long v4l2_shim_opened_at(int n);

// The picture of frame n: a bright bar on a ground of two greys, one step further to the right in each frame.
inline constexpr int v4l2_shim_bar = 16;  // its width, and its step
inline constexpr unsigned char v4l2_shim_bright = 200;
inline constexpr unsigned char v4l2_shim_upper = 60;
inline constexpr unsigned char v4l2_shim_lower = 120;
inline constexpr unsigned char v4l2_shim_cb = 90;
inline constexpr unsigned char v4l2_shim_cr = 160;
}
