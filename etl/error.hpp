#pragma once

#include <stdexcept>
#include <string>

namespace tidemark {

/// The run cannot go on: the source or the warehouse failed, and running it again may help.
/// Caught once, in `main`, which prints `tidemark: what()` and ends with exit code 1.
class Error : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// The command line or the configuration is wrong: exit code 2. The text names file and line.
class ConfigError : public Error {
public:
    using Error::Error;
};

/// Another sync holds this warehouse: exit code 4.
class LeaseHeld : public Error {
public:
    using Error::Error;
};

/// The API refused the key, for the whole organisation: exit code 1.
class KeyRefused : public Error {
public:
    using Error::Error;
};

/// One job's body cannot be read (it is no array, the server refuses it): the job fails, the others
/// go on. Caught by the sync; exit code 3.
class JobError : public Error {
public:
    using Error::Error;
};

/// A request to run a job was sent and its answer was lost, so it is unknown whether the run was
/// queued. Must never be repeated automatically: exit code 1.
class AnswerLost : public Error {
public:
    using Error::Error;
};

/// SIGINT or SIGTERM arrived: what was complete is committed; exit code 128 + signal.
class Interrupted : public Error {
public:
    explicit Interrupted(int signal) : Error("interrupted"), m_signal(signal) {}
    [[nodiscard]] int exit_code() const { return 128 + m_signal; }

private:
    int m_signal;
};

} // namespace tidemark
