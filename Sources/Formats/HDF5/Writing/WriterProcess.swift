internal import CFileLibraries
internal import Foundation
internal import SpikingFiles
internal import SpikingFramework

/// The process in which HDF5 writes one file. It takes a step while the next one is made.
struct WriterProcess: ~Copyable {
  /// The destination, for errors.
  private let path: String
  private var writer = spiking_writer(socket: -1, process: 0)
  /// Whether the last step has not been answered.
  private var isBusy = true

  /// Whether the package was built with HDF5.
  static var isBuilt: Bool { spiking_writer_is_built() != 0 }

  /// Starts a process that writes to `temporaryPath` what is to appear at `path`.
  ///
  /// - Throws: `unwritableFile` where the system has no process or descriptors left, or the file cannot be made.
  init(_ temporaryPath: String, for path: String) throws(SpikingError) {
    self.path = path
    let error = spiking_writer_start(temporaryPath, &writer)
    guard error == 0 else { throw OutputFile.unwritable(path, systemReason(error)) }
  }

  deinit {
    var writer = writer
    _ = spiking_writer_stop(&writer)
  }

  /// Sends a step.
  ///
  /// - Parameters:
  ///   - object: the path of the group or dataset.
  ///   - attribute: the name of its attribute, or empty.
  /// - Throws: `unwritableFile` where the step before failed, as when the disk is full.
  mutating func send(
    _ step: spiking_writer_step, _ object: String, _ attribute: String = "", values: RawSpan
  ) throws(SpikingError) {
    try complete()
    var step = step
    step.value_bytes = UInt64(values.byteCount)
    let isSent = values.withUnsafeBytes {
      spiking_writer_send(&writer, step, object, attribute, $0.baseAddress) == 0
    }
    guard isSent else { throw gone() }
    isBusy = true
  }

  /// Waits until all steps are done.
  ///
  /// - Throws: as `send`.
  mutating func complete() throws(SpikingError) {
    guard isBusy else { return }
    isBusy = false
    var answer = spiking_writer_answer()
    guard spiking_writer_take(&writer, &answer) == 0 else { throw gone() }
    guard answer.is_done != 0 else {
      let reason = withUnsafeBytes(of: answer.reason) {
        String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
      }
      throw OutputFile.unwritable(path, reason)
    }
  }

  /// The process has ended.
  private mutating func gone() -> SpikingError {
    let signal = spiking_writer_stop(&writer)
    let reason = signal == 0 ? "" : " (\(String(cString: strsignal(signal))))"
    return OutputFile.unwritable(path, "the process that writes it has ended\(reason)")
  }
}
