internal import Foundation

/// A run of a program with limits, in a process group of its own.
struct Child {
  var program: String
  var arguments: [String]
  var folder: String
  var temporary: String
  /// The processor time that it may take, in s.
  var processorSeconds = 10
  /// After how many s it is killed.
  var seconds = 30.0
  /// The address space it may take, in bytes.
  var memory = 8 << 30
  /// The size that no file may exceed, in bytes: writing fails beyond it, as on a full disk.
  var fileSize: Int?
  /// A signal, and after how many s it is sent.
  var signal: (number: Int32, seconds: Double)?

  /// Its words in one line.
  var line: String { arguments.joined(separator: " ") }

  /// What a run did.
  struct Outcome {
    /// Nil where a signal ended it.
    var exitCode: Int32?
    var signal: Int32 = 0
    var timedOut = false
    var output: [UInt8] = []
    var error: [UInt8] = []
    /// The most memory it had, in bytes.
    var peakMemory = 0
    /// Whether a process of its group was left when it ended.
    var leftProcesses = false
    var seconds = 0.0

    var message: String { String(decoding: error, as: UTF8.self) }
  }

  /// Runs it to its end.
  func run() -> Outcome {
    var pipes: [[Int32]] = [[-1, -1], [-1, -1]]
    for index in pipes.indices { pipe(&pipes[index]) }
    let process = spawn(output: pipes[0][1], error: pipes[1][1])
    for pair in pipes { close(pair[1]) }
    defer { for pair in pipes { close(pair[0]) } }
    guard process > 0 else { return Outcome(error: Array("not started".utf8)) }
    for pair in pipes { _ = fcntl(pair[0], F_SETFL, O_NONBLOCK) }
    return wait(for: process, reading: pipes.map { $0[0] })
  }

  private func wait(for process: pid_t, reading pipes: [Int32]) -> Outcome {
    var outcome = Outcome()
    let start = ContinuousClock.now
    var signal = signal
    var files = pipes.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    var status: Int32 = 0
    var usage = rusage()
    while true {
      poll(&files, nfds_t(files.count), 2)
      Self.read(&files[0], &outcome.output)
      Self.read(&files[1], &outcome.error)
      let isEnded = wait4(process, &status, WNOHANG, &usage) == process
      outcome.seconds = (ContinuousClock.now - start) / .seconds(1)
      if isEnded { break }
      if let due = signal, outcome.seconds >= due.seconds {
        kill(process, due.number)
        signal = nil
      }
      if outcome.seconds > seconds, !outcome.timedOut {
        outcome.timedOut = true
        kill(-process, SIGKILL)
      }
    }
    Self.read(&files[0], &outcome.output)
    Self.read(&files[1], &outcome.error)
    outcome.signal = status & 0x7f
    if outcome.signal == SIGXCPU { outcome.timedOut = true }
    outcome.exitCode = outcome.signal == 0 ? (status >> 8) & 0xff : nil
    outcome.peakMemory = usage.ru_maxrss * 1024
    outcome.leftProcesses = !outcome.timedOut && kill(-process, 0) == 0
    kill(-process, SIGKILL)
    return outcome
  }

  /// What is there to be read, of which 1 MB is kept.
  private static func read(_ file: inout pollfd, _ bytes: inout [UInt8]) {
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while file.fd >= 0 {
      let count = Foundation.read(file.fd, &buffer, buffer.count)
      if count == 0 { file.fd = -1 }
      guard count > 0 else { return }
      if bytes.count < 1 << 20 { bytes += buffer[..<count] }
    }
  }

  private func spawn(output: Int32, error: Int32) -> pid_t {
    var actions = posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, output, 1)
    posix_spawn_file_actions_adddup2(&actions, error, 2)
    for number in Int32(3)...16 { posix_spawn_file_actions_addclose(&actions, number) }
    var ended = sigset_t()
    sigemptyset(&ended)
    sigaddset(&ended, SIGXCPU)
    posix_spawnattr_setsigdefault(&attributes, &ended)
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETPGROUP) | Int16(POSIX_SPAWN_SETSIGDEF))
    let environment = ProcessInfo.processInfo.environment.merging(
      // A trap ends at once and not after a report of all threads.
      ["TMPDIR": temporary, "SWIFT_BACKTRACE": "enable=no"]
    ) { $1 }
    var words = ([program] + arguments).map { strdup($0) } + [nil]
    var variables = environment.map { strdup("\($0)=\($1)") } + [nil]
    defer { for text in words + variables { free(text) } }
    // A child inherits the folder, the limits, and that the signal of files too large is ignored.
    let former = FileManager.default.currentDirectoryPath
    chdir(folder)
    Limit.files.set(fileSize)
    Limit.memory.set(memory)
    Limit.processor.set(processorSeconds)
    defer {
      chdir(former)
      Limit.files.set(nil)
      Limit.memory.set(nil)
      Limit.processor.set(nil)
    }
    var process: pid_t = 0
    let failure = posix_spawn(&process, program, &actions, &attributes, &words, &variables)
    return failure == 0 ? process : -1
  }
}

/// A limit of this process that its children inherit.
private enum Limit {
  /// The size of a file and the address space in bytes, the processor time in s.
  case files, memory, processor

  /// Nil for none.
  func set(_ value: Int?) {
    let number =
      switch self {
      case .files: RLIMIT_FSIZE
      case .memory: RLIMIT_AS
      case .processor: RLIMIT_CPU
      }
    #if canImport(Darwin)
      let resource = number
    #else
      let resource = __rlimit_resource_t(number.rawValue)
    #endif
    var limit = rlimit()
    getrlimit(resource, &limit)
    limit.rlim_cur = value.map { min(rlim_t($0), limit.rlim_max) } ?? limit.rlim_max
    setrlimit(resource, &limit)
  }
}
