// The slots of one class: bases, fields and the pointers that the compiler adds.

#include <algorithm>
#include <cctype>
#include <numeric>

#include "known/known.hpp"
#include "model/bool_type.hpp"
#include "scan/parse/declarations.hpp"
#include "scan/records/enumerations.hpp"
#include "scan/records/records.hpp"

namespace snug {

namespace {

Access access_of(CXCursor cursor) {
  switch (clang_getCXXAccessSpecifier(cursor)) {
    case CX_CXXPrivate:
      return Access::Private;
    case CX_CXXProtected:
      return Access::Protected;
    default:
      return Access::Public;
  }
}

CXType element_of(CXType type) {
  CXType at = clang_getCanonicalType(type);
  while (at.kind == CXType_ConstantArray || at.kind == CXType_IncompleteArray) {
    at = clang_getArrayElementType(at);
  }
  return at;
}

/// What the alignments of the fields are, packing and unknown alignas values included.
class Alignments {
 public:
  explicit Alignments(const ClassInfo& info, const Abi& abi) : info_(info), abi_(abi) {
    for (const FieldInfo& field : info.fields) {
      if (field.width && !field.named) {
        continue;
      }
      natural_ = std::max(natural_, known(field));
    }
    for (const BaseInfo& base : info.bases) {
      natural_ = std::max(natural_, base.type->nonvirtual_align_bits);
    }
    if (info.own_vptr) {
      natural_ = std::max(natural_, std::uint64_t{abi.pointer_bytes} * 8);
    }
    if (info.pack_bits && *info.pack_bits < natural_) {
      cap_ = *info.pack_bits;
    } else if (!info.pack_bits && info.pragma_pack &&
               (info.align_bits < natural_ || !offsets_fit())) {
      cap_ = info.align_bits;
      cap_certain_ = !info.explicit_align;
    }
  }

  /// Under a #pragma pack that limits something.
  [[nodiscard]] bool capped() const { return cap_ != 0; }

  void fill(const FieldInfo& field, Slot& slot) const {
    std::uint64_t align = known(field);
    if (field.explicit_align && !field.asked_bits) {
      // An expression that the text does not tell. If nothing else explains the alignment of the
      // class, this does.
      slot.align_certain =
          natural_ < info_.align_bits && !info_.explicit_align && info_.virtual_bases.empty();
      align = slot.align_certain ? info_.align_bits : align;
    }
    if (cap_ != 0) {
      align = std::min(align, cap_);
      slot.align_certain = slot.align_certain && cap_certain_;
    }
    if (!field.width && field.offset_bits % align != 0) {
      align = std::gcd(field.offset_bits, align);
      slot.align_certain = false;
    }
    slot.align_bits = align;
  }

 private:
  [[nodiscard]] std::uint64_t known(const FieldInfo& field) const {
    return declared_align_bits(info_, field, abi_);
  }

  [[nodiscard]] bool offsets_fit() const {
    return std::all_of(info_.fields.begin(), info_.fields.end(), [&](const FieldInfo& field) {
      return field.width || field.offset_bits % known(field) == 0;
    });
  }

  const ClassInfo& info_;
  const Abi& abi_;
  std::uint64_t natural_ = 8;
  std::uint64_t cap_ = 0;
  bool cap_certain_ = true;
};

class SlotMaker {
 public:
  SlotMaker(const ReadClass& info, const Sources& sources, Names& names, const Abi& abi,
            bool reported, std::uint64_t base_bits)
      : info_(info),
        sources_(sources),
        names_(names),
        abi_(abi),
        reported_(reported),
        base_bits_(base_bits),
        alignments_(info, abi) {}

  std::vector<Slot> run() {
    add_pointers();
    add_bases();
    add_fields();
    return std::move(slots_);
  }

 private:
  Slot& add(SlotKind kind, std::uint64_t offset, std::uint64_t size) {
    Slot& slot = slots_.emplace_back();
    slot.kind = kind;
    slot.extent = {base_bits_ + offset, size};
    return slot;
  }

  void add_pointers() {
    const std::uint64_t pointer = std::uint64_t{abi_.pointer_bytes} * 8;
    const auto add_pointer = [&](SlotKind kind, std::uint64_t offset, const char* name,
                                 std::uint64_t size) {
      Slot& slot = add(kind, offset, size);
      slot.name = name;
      slot.align_bits = std::min(size, info_.align_bits);
      slot.type_size_bits = slot.data_size_bits = size;
      slot.type_align_bits = size;
    };
    if (info_.own_vptr) {
      add_pointer(SlotKind::VPtr, 0, abi_.microsoft ? "vfptr" : "vptr", pointer);
    }
    if (info_.own_vbptr) {
      add_pointer(SlotKind::VBPtr, static_cast<std::uint64_t>(info_.vbptr_bits), "vbptr", pointer);
    }
    for (const VirtualBaseInfo& base : info_.virtual_bases) {
      if (base.vtordisp) {
        add_pointer(SlotKind::VtorDisp, base.offset_bits - 32, "vtordisp", 32);
      }
    }
  }

  void add_bases() {
    for (const BaseInfo& base : info_.bases) {
      if (!base.is_virtual) {
        Slot& slot =
            add_base(SlotKind::Base, *base.type, static_cast<std::uint64_t>(base.offset_bits));
        slot.access = access_of(info_.cursor_of(base));
        slot.where = sources_.range(clang_getCursorExtent(info_.cursor_of(base)));
      }
    }
    for (const VirtualBaseInfo& base : info_.virtual_bases) {
      Slot& slot = add_base(SlotKind::VirtualBase, *base.type, base.offset_bits);
      for (const BaseInfo& direct : info_.bases) {
        if (direct.is_virtual && direct.type == base.type) {
          slot.access = access_of(info_.cursor_of(direct));
          slot.where = sources_.range(clang_getCursorExtent(info_.cursor_of(direct)));
        }
      }
    }
  }

  Slot& add_base(SlotKind kind, const ClassInfo& type, std::uint64_t offset) {
    // MSVC gives an empty base no size of its own either, whatever it contains.
    Slot& slot = add(kind, offset, type.empty ? 0 : type.nonvirtual_bits);
    slot.name = names_.qualified(as_read(type).cursor);
    slot.type = slot.name;
    slot.type_id = names_.id(as_read(type).cursor);
    slot.align_bits = std::min(type.nonvirtual_align_bits, info_.align_bits);
    slot.type_align_bits = type.align_bits;
    slot.type_size_bits = type.size_bits;
    slot.data_size_bits = type.data_bits;
    slot.is_empty_type = type.empty;
    slot.is_final_type = type.final;
    return slot;
  }

  void add_fields() {
    std::optional<RecordText> text;
    if (reported_) {
      text.emplace(written_definition(info_.cursor), sources_);
    }
    bool wall = false;
    for (const FieldInfo& field : info_.fields) {
      if (field.width && *field.width == 0) {
        wall = true;
        continue;
      }
      add_field(field, text ? &*text : nullptr);
      slots_.back().after_zero_width = wall;
      wall = false;
    }
  }

  void add_field(const FieldInfo& field, const RecordText* text) {
    const std::uint64_t size = field.width                 ? *field.width
                               : field.overlapping_empty() ? 0
                                                           : field.size_bits;
    Slot& slot = add(field.width ? SlotKind::BitField : SlotKind::Field, field.offset_bits, size);
    slot.name = name_of(field);
    const CXType declared = clang_getCursorType(info_.cursor_of(field));
    slot.type = names_.type(declared);
    slot.array_elements = field.elements;
    slot.type_size_bits = field.size_bits;
    slot.type_align_bits = field.align_bits;
    slot.data_size_bits = field.record != nullptr && !field.is_array && !field.is_reference
                              ? std::max(field.record->data_bits, field.record->nonvirtual_bits)
                              : field.size_bits;
    slot.access = access_of(info_.cursor_of(field));
    slot.is_reference = field.is_reference;
    slot.no_unique_address = field.no_unique_address;
    slot.packed = field.packed || info_.packed_attribute;
    slot.explicit_align = field.explicit_align;
    slot.deprecated_or_other_attribute = field.other_attribute;
    slot.flexible_array = field.incomplete_array || (field.is_array && field.elements == 0) ||
                          (field.record != nullptr && field.record->flexible);
    alignments_.fill(field, slot);
    describe_type(field, declared, slot);
    if (reported_) {
      describe_text(field, text, slot);
    }
    if (field.anonymous_record && field.record->problem.empty()) {
      slot.members = SlotMaker(as_read(*field.record), sources_, names_, abi_, reported_,
                               base_bits_ + field.offset_bits)
                         .run();
    }
  }

  [[nodiscard]] std::string name_of(const FieldInfo& field) const {
    if (field.named) {
      return clang::to_string(clang_getCursorSpelling(info_.cursor_of(field)));
    }
    if (!info_.lambda) {
      return {};
    }
    // A capture has no name; what is captured stands at its place.
    CXFile file = nullptr;
    unsigned offset = 0;
    clang_getFileLocation(clang_getCursorLocation(info_.cursor_of(field)), &file, nullptr, nullptr,
                          &offset);
    const std::string_view text = sources_.text(file);
    const std::size_t length = clang::token_length(text, offset);
    const std::string_view word = text.substr(std::min<std::size_t>(offset, text.size()), length);
    const bool plain =
        !word.empty() && (std::isalpha(static_cast<unsigned char>(word[0])) != 0 || word[0] == '_');
    return plain ? std::string(word) : std::string();
  }

  void describe_type(const FieldInfo& field, CXType declared, Slot& slot) const {
    const CXType element = element_of(declared);
    slot.is_const = clang_isConstQualifiedType(element) != 0;
    slot.is_volatile = clang_isVolatileQualifiedType(element) != 0;
    slot.is_mutable = clang_CXXField_isMutable(info_.cursor_of(field)) != 0;
    slot.is_atomic = element.kind == CXType_Atomic;
    if (!field.is_reference) {
      const CXType value = element_inside(element);
      slot.enumeration = value.kind == CXType_Bool ? std::string(bool_enumeration)
                                                   : enumeration_id(value, sources_);
    }
    if (field.record == nullptr || field.is_reference) {
      return;
    }
    slot.type_id = names_.id(as_read(*field.record).cursor);
    slot.is_empty_type = field.record->empty && !field.is_array;
    slot.is_final_type = field.record->final;
    const TypeMatch known =
        sources_.known().type(names_.template_name(as_read(*field.record).cursor));
    slot.is_atomic = slot.is_atomic || known.is(TypeRole::Atomic);
    slot.is_lock = known.roles.has_any({TypeRole::Lock, TypeRole::Condition});
  }

  /// What an array of a library that lies in the object (std::array) has for elements; else the
  /// type itself.
  [[nodiscard]] CXType element_inside(CXType type) const {
    CXType at = type;
    while (at.kind == CXType_Record && clang_Type_getNumTemplateArguments(at) == 2) {
      const std::string name = names_.template_name(clang_getTypeDeclaration(at));
      if (!sources_.known().type(name).is(TypeRole::Inside)) return type;
      at = element_of(clang_Type_getTemplateArgumentAsType(at, 0));
    }
    return at;
  }

  void describe_text(const FieldInfo& field, const RecordText* text, Slot& slot) const {
    slot.where = sources_.name(info_.cursor_of(field));
    if (info_.lambda) {
      return;
    }
    slot.default_initializer = info_.cxx && has_initializer(info_.cursor_of(field), sources_);
    slot.declaration = text == nullptr ? SourceRange() : text->declaration(info_.cursor_of(field));
    slot.from_macro =
        !slot.declaration.known() || (field.named && sources_.in_macro(info_.cursor_of(field)));
  }

  const ReadClass& info_;
  const Sources& sources_;
  Names& names_;
  const Abi& abi_;
  bool reported_;
  std::uint64_t base_bits_;
  Alignments alignments_;
  std::vector<Slot> slots_;
};

}  // namespace

std::vector<Slot> make_slots(const ReadClass& info, const Sources& sources, Names& names,
                             const Abi& abi, bool reported) {
  return SlotMaker(info, sources, names, abi, reported, 0).run();
}

bool pack_limits(const ClassInfo& info, const Abi& abi) {
  return Alignments(info, abi).capped();
}

}  // namespace snug
