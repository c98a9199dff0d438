#include "cli/schedules.hpp"

#include "platform/path_text.hpp"
#include "text/terminal.hpp"
#include "text/utf8.hpp"

#include <fmt/format.h>

namespace tidemark {
namespace {

/// A text as one word of a systemd unit, in which `%` begins a specifier and `$` a variable.
std::string unit_word(std::string_view text) {
    std::string word;
    bool plain = !text.empty();
    for (const char c : text) {
        if (c == '%' || c == '$') word += c;
        if (c == '"' || c == '\\') word += '\\';
        word += c;
        plain = plain && c != ' ' && c != '\'' && c != '"' && c != '\\' && c != ';';
    }
    return plain ? word : "\"" + word + "\"";
}

/// The same of a path in a setting that takes no quotes (`LoadCredential`).
std::string unit_path(const std::filesystem::path& path) {
    std::string word;
    for (const char c : utf8(path))
        word += c == '%' ? std::string{"%%"} : std::string{c};
    return word;
}

/// What systemd takes away from the service: all that a sync does not need.
constexpr std::string_view sandbox = R"(UMask=0027
StateDirectory=tidemark
StateDirectoryMode=0750
NoNewPrivileges=yes
CapabilityBoundingSet=
AmbientCapabilities=
ProtectSystem=strict
ProtectHome={}
PrivateTmp=yes
PrivateDevices=yes
PrivateUsers=yes
ProtectClock=yes
ProtectControlGroups=yes
ProtectHostname=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
ProtectProc=invisible
ProcSubset=pid
LockPersonality=yes
MemoryDenyWriteExecute=yes
RemoveIPC=yes
RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
SystemCallArchitectures=native
SystemCallFilter=@system-service
SystemCallFilter=~@privileged @resources
SystemCallErrorNumber=EPERM
LimitCORE=0
)";

bool is_below_home(const std::filesystem::path& path) {
    const std::string text = utf8(path);
    return text.starts_with("/home/") || text.starts_with("/root/");
}

std::string systemd_service(const Schedule& schedule) {
    std::string text = fmt::format(
        R"([Unit]
Description=Tidemark: bring the job history up to date
Documentation=man:tidemark-sync(1)
Wants=network-online.target
After=network-online.target
StartLimitIntervalSec=2h
StartLimitBurst=4

[Service]
Type=oneshot
User={}
ExecStart={} sync --config {}
# a failed sync is tried again; what a person has to correct is not
Restart=on-failure
RestartSec=10min
RestartPreventExitStatus=2 3 4
TimeoutStartSec=6h
)",
        schedule.user, unit_word(utf8(schedule.program)), unit_word(utf8(schedule.config)));
    if (schedule.key_file)
        text += fmt::format("LoadCredential=tidemark.key:{}\n", unit_path(*schedule.key_file));
    if (schedule.warehouse)
        text += fmt::format("ReadWritePaths={}\n", unit_word(utf8(*schedule.warehouse)));
    const bool home = is_below_home(schedule.config) || is_below_home(schedule.program) ||
                      (schedule.warehouse && is_below_home(*schedule.warehouse));
    return text + fmt::format(sandbox, home ? "read-only" : "yes");
}

std::string systemd_timer(const Schedule& schedule) {
    return fmt::format(R"([Unit]
Description=Tidemark: bring the job history up to date every night

[Timer]
OnCalendar=*-*-* {:02}:{:02}
# catches up after the machine was off
Persistent=true

[Install]
WantedBy=timers.target
)",
                       schedule.hour, schedule.minute);
}

/// In a crontab `%` ends the command.
std::string cron_word(const std::filesystem::path& path) {
    std::string word;
    for (const char c : shell_word(utf8(path)))
        word += c == '%' ? std::string{"\\%"} : std::string{c};
    return word;
}

std::string cron_line(const Schedule& schedule) {
    return fmt::format("# Tidemark: bring the job history up to date every night\n"
                       "{} {} * * * {} {} sync --config {} 2>&1 | logger -t tidemark\n",
                       schedule.minute, schedule.hour, schedule.user, cron_word(schedule.program),
                       cron_word(schedule.config));
}

/// Text of XML in ASCII: `schtasks` decodes a file by this or that code page.
std::string xml_text(std::string_view text) {
    constexpr char32_t beyond_ascii = 0x80;
    std::string ascii;
    for (const char32_t c : path_of(valid_utf8(with_entities(text, "&<>\""))).u32string()) {
        if (c < beyond_ascii) {
            ascii += static_cast<char>(c);
        } else {
            ascii += fmt::format("&#x{:X};", static_cast<std::uint32_t>(c));
        }
    }
    return ascii;
}

std::string windows_task(const Schedule& schedule) {
    return fmt::format(
        R"(<?xml version="1.0"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo>
    <Description>Tidemark: bring the job history up to date every night</Description>
  </RegistrationInfo>
  <Triggers>
    <CalendarTrigger>
      <StartBoundary>2026-01-01T{:02}:{:02}:00</StartBoundary>
      <ScheduleByDay>
        <DaysInterval>1</DaysInterval>
      </ScheduleByDay>
    </CalendarTrigger>
  </Triggers>
  <Principals>
    <Principal id="Author">
      <UserId>{}</UserId>
      <LogonType>Password</LogonType>
      <RunLevel>LeastPrivilege</RunLevel>
    </Principal>
  </Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <StartWhenAvailable>true</StartWhenAvailable>
    <RunOnlyIfNetworkAvailable>true</RunOnlyIfNetworkAvailable>
    <ExecutionTimeLimit>PT6H</ExecutionTimeLimit>
    <RestartOnFailure>
      <Interval>PT10M</Interval>
      <Count>2</Count>
    </RestartOnFailure>
  </Settings>
  <Actions Context="Author">
    <Exec>
      <Command>{}</Command>
      <Arguments>sync --config &quot;{}&quot;</Arguments>
    </Exec>
  </Actions>
</Task>
)",
        schedule.hour, schedule.minute, xml_text(schedule.user), xml_text(utf8(schedule.program)),
        xml_text(utf8(schedule.config)));
}

} // namespace

std::vector<ScheduleFile> schedule_files(Scheduler scheduler, const Schedule& schedule) {
    if (scheduler == Scheduler::cron) return {{"tidemark", cron_line(schedule)}};
    if (scheduler == Scheduler::windows) return {{"tidemark.xml", windows_task(schedule)}};
    return {{"tidemark.service", systemd_service(schedule)},
            {"tidemark.timer", systemd_timer(schedule)}};
}

std::vector<std::string> installation(Scheduler scheduler, const std::filesystem::path& folder,
                                      const std::string& user) {
    const auto file = [&](const char* name) { return shell_word(utf8(folder / name)); };
    if (scheduler == Scheduler::cron)
        return {fmt::format("sudo install -m 644 {} /etc/cron.d/tidemark", file("tidemark"))};
    if (scheduler == Scheduler::windows) {
        return {fmt::format(R"(schtasks /Create /TN Tidemark /XML "{}" /RU "{}" /RP *)",
                            utf8(folder / "tidemark.xml"), user)};
    }
    return {fmt::format("sudo install -m 644 {} {} /etc/systemd/system/", file("tidemark.service"),
                        file("tidemark.timer")),
            "sudo systemctl daemon-reload", "sudo systemctl enable --now tidemark.timer"};
}

} // namespace tidemark
