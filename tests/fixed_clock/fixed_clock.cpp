// Preloaded into a program it stops the wall clock at FIXED_CLOCK, in seconds since 1970. What
// measures how long something takes goes on.
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

#include <cstdlib>
#include <ctime>

namespace {

time_t moment() {
    const char* text = std::getenv("FIXED_CLOCK");
    return text == nullptr ? 0 : std::strtoll(text, nullptr, 10);
}

} // namespace

extern "C" {

int clock_gettime(clockid_t clock, timespec* time) {
    if (clock != CLOCK_REALTIME && clock != CLOCK_REALTIME_COARSE)
        return static_cast<int>(syscall(SYS_clock_gettime, clock, time));
    *time = {.tv_sec = moment(), .tv_nsec = 0};
    return 0;
}

int gettimeofday(timeval* time, void* /*zone*/) {
    *time = {.tv_sec = moment(), .tv_usec = 0};
    return 0;
}

time_t time(time_t* out) {
    const time_t now = moment();
    if (out != nullptr) *out = now;
    return now;
}
}
