internal import Foundation

/// Programs that end with this one, however it ends.
///
/// They, and whatever they start, are a process group with a watcher: a shell that reads from a socket
/// whose other end this program alone holds. Nothing is ever written there. When the reading ends, this
/// program has closed its end, or has itself ended, be it by SIGKILL, and the watcher kills the group.
///
/// A program that has just been forked holds that end, too, until it has joined the group.
struct ProcessGroup: ~Copyable {
  /// The process group has its number, and keeps it until the watcher is reaped.
  private let watcher: pid_t
  private let held: Descriptor

  /// - Throws: where the system starts no shell.
  init() throws(Descriptor.Failure) {
    let pair = try Descriptor.pair()
    watcher = try Self.spawn(
      ["/bin/sh", "-c", "trap '' HUP INT TERM; read -r _; kill -9 0"], group: 0,
      input: pair.first.number, errors: nil)
    held = pair.second
  }

  /// Nothing of the group is left.
  deinit {
    kill()
    _ = Self.end(of: watcher, isAwaited: true)
    // Those that programs of the group have started end a moment later.
    for _ in 0..<100 where Foundation.kill(-watcher, 0) == 0 {
      usleep(1000)
    }
  }

  /// Starts a program in a folder, with standard input and standard error as they are given. Where it cannot
  /// be run, it is a shell that says so and ends with 126 or 127.
  ///
  /// - Returns: its number; `end(of:)` has to be called until it says how the program ended.
  func start(
    _ program: String, _ arguments: [String], input: borrowing Descriptor,
    errors: borrowing Descriptor, folder: String
  ) throws(Descriptor.Failure) -> pid_t {
    // Glibc's own way to choose the folder is one of its extensions, which Swift does not see.
    let words = ["/bin/sh", "-c", "cd -P -- \"$1\" && shift && exec \"$@\"", "sh", folder, program]
    return try Self.spawn(
      words + arguments, group: watcher, input: input.number, errors: errors.number)
  }

  /// Ends all programs.
  func kill() { _ = Foundation.kill(-watcher, SIGKILL) }

  /// How a program ended.
  enum End: Equatable {
    case exit(Int32)
    case signal(Int32)
  }

  /// How a program ended; nil while it runs, unless its end is awaited.
  static func end(of process: pid_t, isAwaited: Bool = false) -> End? {
    var status: Int32 = 0
    var result: pid_t
    repeat {
      result = waitpid(process, &status, isAwaited ? 0 : WNOHANG)
    } while result < 0
      && errno == EINTR
    if result == 0 { return nil }
    // Where this program was told to ignore the end of others, nothing more is known.
    guard result == process else { return .exit(0) }
    let signal = status & 0x7F
    return signal == 0 ? .exit(status >> 8 & 0xFF) : .signal(signal)
  }

  private static func spawn(
    _ words: [String], group: pid_t, input: Int32, errors: Int32?
  ) throws(Descriptor.Failure) -> pid_t {
    #if canImport(Darwin)
      var (actions, attributes): (posix_spawn_file_actions_t?, posix_spawnattr_t?) = (nil, nil)
      let closing = POSIX_SPAWN_CLOEXEC_DEFAULT
    #else
      var (actions, attributes) = (posix_spawn_file_actions_t(), posix_spawnattr_t())
      let closing: Int32 = 0
    #endif
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, input, 0)
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, errors ?? 1, 2)
    #if !canImport(Darwin)
      // Others that are open, of other threads or of who has started this program, stay here.
      for name in (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? [] {
        if let other = Int32(name), other > 2 { posix_spawn_file_actions_addclose(&actions, other) }
      }
    #endif

    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // All signals as they are by default; but where a write beyond the largest file is to be an error, it
    // is one there, too.
    var (none, all) = (sigset_t(), sigset_t())
    sigemptyset(&none)
    sigfillset(&all)
    sigdelset(&all, SIGXFSZ)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setpgroup(&attributes, group)
    let flags =
      Int32(POSIX_SPAWN_SETPGROUP) | Int32(POSIX_SPAWN_SETSIGMASK)
      | Int32(POSIX_SPAWN_SETSIGDEF) | Int32(closing)
    posix_spawnattr_setflags(&attributes, Int16(flags))

    let arguments = words.map { strdup($0) } + [nil]
    let environment =
      ProcessInfo.processInfo.environment.map { strdup("\($0)=\($1)") } + [nil]
    defer { for text in arguments + environment { free(text) } }
    var process: pid_t = 0
    let failure = posix_spawn(&process, words[0], &actions, &attributes, arguments, environment)
    guard failure == 0 else { throw Descriptor.Failure(number: failure) }
    return process
  }
}
